using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pps;
using PachUp.Sandbox.Server.Workers;

namespace PachUp.Sandbox.Server.Services;

/// <summary>Pipelines and jobs.</summary>
internal sealed class PpsService(
    PipelineStore pipelines,
    PipelineCreation creation,
    PipelineSwitch stopper,
    PipelineRunner runner,
    PipelineRemover remover,
    Jobs jobs,
    JobWaiter waiter,
    Datums datums,
    CronTicker ticker,
    GarbageCollector collector) : API.APIBase
{
    public override Task<Empty> CreatePipeline(CreatePipelineRequest request, ServerCallContext context) => Done(() => creation.Create(request));

    public override Task<PipelineInfo> InspectPipeline(InspectPipelineRequest request, ServerCallContext context) =>
        Task.FromResult(pipelines.Inspect(request.Pipeline));

    public override Task<PipelineInfos> ListPipeline(ListPipelineRequest request, ServerCallContext context) =>
        Task.FromResult(new PipelineInfos { PipelineInfo = { pipelines.List(request) } });

    public override Task<Empty> DeletePipeline(DeletePipelineRequest request, ServerCallContext context) => Done(() => remover.Delete(request));

    public override Task<Empty> StopPipeline(StopPipelineRequest request, ServerCallContext context) => Done(() => stopper.Stop(request.Pipeline));

    public override Task<Empty> StartPipeline(StartPipelineRequest request, ServerCallContext context) => Done(() => stopper.Start(request.Pipeline));

    public override Task<Empty> RunPipeline(RunPipelineRequest request, ServerCallContext context) => Done(() => runner.Run(request));

    public override Task<Empty> RunCron(RunCronRequest request, ServerCallContext context) => Done(() => ticker.TickNow(pipelines.Inspect(request.Pipeline)));

    /// <summary>No release implements this call; the real servers answer with this word.</summary>
    public override Task<Empty> RerunPipeline(RerunPipelineRequest request, ServerCallContext context) => throw new PachdError("TODO");

    public override Task<Empty> DeleteAll(Empty request, ServerCallContext context) => Done(remover.DeleteAll);

    public override Task<Job> CreateJob(CreateJobRequest request, ServerCallContext context) => Task.FromResult(jobs.Create(request));

    public override Task<JobInfo> InspectJob(InspectJobRequest request, ServerCallContext context) => waiter.InspectAsync(request, context.CancellationToken);

    public override async Task FlushJob(FlushJobRequest request, IServerStreamWriter<JobInfo> response, ServerCallContext context)
    {
        await foreach (var job in waiter.FlushAsync(request, context.CancellationToken))
        {
            await response.WriteAsync(job, context.CancellationToken);
        }
    }

    public override Task<JobInfos> ListJob(ListJobRequest request, ServerCallContext context) =>
        Task.FromResult(new JobInfos { JobInfo = { jobs.List(request) } });

    public override async Task ListJobStream(ListJobRequest request, IServerStreamWriter<JobInfo> response, ServerCallContext context)
    {
        foreach (var job in jobs.List(request))
        {
            await response.WriteAsync(job, context.CancellationToken);
        }
    }

    public override Task<Empty> StopJob(StopJobRequest request, ServerCallContext context) => Done(() => jobs.Stop(request.Job));

    public override Task<Empty> DeleteJob(DeleteJobRequest request, ServerCallContext context) => Done(() => jobs.Delete(request.Job));

    public override Task<Empty> UpdateJobState(UpdateJobStateRequest request, ServerCallContext context) => Done(() => jobs.SetState(request));

    public override Task<DatumInfo> InspectDatum(InspectDatumRequest request, ServerCallContext context) => Task.FromResult(datums.Inspect(request));

    public override Task<ListDatumResponse> ListDatum(ListDatumRequest request, ServerCallContext context) => Task.FromResult(datums.List(request));

    /// <summary>Only the first message has the number of pages.</summary>
    public override async Task ListDatumStream(ListDatumRequest request, IServerStreamWriter<ListDatumStreamResponse> response, ServerCallContext context)
    {
        var listed = datums.List(request);
        foreach (var (datum, index) in listed.DatumInfos.Select((datum, index) => (datum, index)))
        {
            var isFirst = index == 0;
            await response.WriteAsync(
                new ListDatumStreamResponse { DatumInfo = datum, Page = isFirst ? listed.Page : 0, TotalPages = isFirst ? listed.TotalPages : 0 },
                context.CancellationToken);
        }
    }

    /// <summary>Secrets are objects of Kubernetes, and the sandbox has none.</summary>
    public override Task<SecretInfos> ListSecret(Empty request, ServerCallContext context) => Task.FromResult(new SecretInfos());

    public override Task<GarbageCollectResponse> GarbageCollect(GarbageCollectRequest request, ServerCallContext context)
    {
        collector.Collect();
        return Task.FromResult(new GarbageCollectResponse());
    }

    private static Task<Empty> Done(Action work)
    {
        work();
        return Task.FromResult(new Empty());
    }
}
