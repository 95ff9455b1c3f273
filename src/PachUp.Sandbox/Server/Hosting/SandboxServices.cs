using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox.Server.Admin;
using PachUp.Sandbox.Server.Filling;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;
using PachUp.Sandbox.Server.Services;
using PachUp.Sandbox.Server.Workers;

namespace PachUp.Sandbox.Server.Hosting;

/// <summary>Registers the parts of a server.</summary>
internal static class SandboxServices
{
    public static void AddSandboxServices(this IServiceCollection services, Pachd pachd)
    {
        services.AddSingleton(pachd).AddSingleton(pachd.Traits);
        services.AddPfs().AddPps().AddWorkers().AddAdmin().AddFilling();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = PachdClient.MaxMessageBytes;
            grpc.MaxSendMessageSize = PachdClient.MaxMessageBytes;
            grpc.Interceptors.Add<CallInterceptor>();
        });
    }

    public static void UseSandboxServices(this WebApplication host, Release release, bool exposesObjectApi)
    {
        var routing = new ReleaseRouting(release, exposesObjectApi);
        var fence = new Fence(host.Services.GetRequiredService<Pachd>());
        host.Use(next => context => fence.InvokeAsync(context, next));
        host.Use(next => context => routing.InvokeAsync(context, next));
        host.UseRouting();
        host.MapGrpcService<EarlierService>();
        host.MapGrpcService<VersionService>();
        host.MapGrpcService<HealthService>();
        host.MapGrpcService<PfsService>();
        host.MapGrpcService<ObjectService>();
        host.MapGrpcService<PpsService>();
        host.MapGrpcService<AdminService>();
        host.MapGrpcService<AuthService>();
        host.MapGrpcService<EnterpriseService>();
        host.MapGrpcService<TransactionService>();
    }

    private static IServiceCollection AddPfs(this IServiceCollection services) => services
        .AddSingleton<NameRules>()
        .AddSingleton<CommitResolver>()
        .AddSingleton<TransactionLimit>()
        .AddSingleton<Propagation>()
        .AddSingleton<Triggers>()
        .AddSingleton<Branches>()
        .AddSingleton<Repos>()
        .AddSingleton<CommitTrees>()
        .AddSingleton<OutputParts>()
        .AddSingleton<CommitMaker>()
        .AddSingleton<CommitFinisher>()
        .AddSingleton<CommitDeleter>()
        .AddSingleton<CommitLists>()
        .AddSingleton<CommitWaiter>()
        .AddSingleton<FileReader>()
        .AddSingleton<FileWriter>()
        .AddSingleton<ObjectCatalog>()
        .AddSingleton<ConsistencyCheck>();

    private static IServiceCollection AddPps(this IServiceCollection services) => services
        .AddSingleton(services => PpsTraits.Of(services.GetRequiredService<Pachd>().Release))
        .AddSingleton<PipelineStore>()
        .AddSingleton<CommunityLimits>()
        .AddSingleton<PipelineDefaults>()
        .AddSingleton<InputRules>()
        .AddSingleton<PipelineRules>()
        .AddSingleton<OutputBranches>()
        .AddSingleton<PipelineUpdater>()
        .AddSingleton<PipelineCreator>()
        .AddSingleton<PipelineSwitch>()
        .AddSingleton<PipelineRunner>()
        .AddSingleton<PipelineRemover>()
        .AddSingleton<JobViews>()
        .AddSingleton<Jobs>()
        .AddSingleton<JobWaiter>();

    private static IServiceCollection AddWorkers(this IServiceCollection services) => services
        .AddSingleton<PipelineSpecs>()
        .AddSingleton<TickFile>()
        .AddSingleton<CronMonitors>()
        .AddSingleton<CronTicker>()
        .AddSingleton<PipelineCreation>()
        .AddSingleton<GarbageCollector>()
        .AddSingleton<DatumSource>()
        .AddSingleton<JobOutput>()
        .AddSingleton<Datums>()
        .AddSingleton<JobRunner>()
        .AddSingleton<OpenOutputs>()
        .AddSingleton<PipelineWorkers>();

    private static IServiceCollection AddAdmin(this IServiceCollection services) => services
        .AddSingleton<OperationFactory>()
        .AddSingleton<OperationConversion>()
        .AddSingleton<Extractor>()
        .AddSingleton<Restorer>();

    private static IServiceCollection AddFilling(this IServiceCollection services) => services
        .AddSingleton<StateFiller>()
        .AddSingleton<TreeFiller>()
        .AddSingleton<PlaceholderObjects>()
        .AddSingleton<PipelineFiller>()
        .AddSingleton<CommitFiller>()
        .AddSingleton<BranchFiller>()
        .AddSingleton<ClusterFiller>();
}
