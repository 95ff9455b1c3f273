using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Time.Testing;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk.Testing;
using AdminApi = PachUp.Pachyderm.Wire.Admin.API.APIClient;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API.APIClient;
using PpsApi = PachUp.Pachyderm.Wire.Pps.API.APIClient;

namespace PachUp.Sandbox.Tests.Workers;

/// <summary>A cluster with workers, whose clock stands still until a test moves it.</summary>
internal sealed class WorkingCluster : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly GrpcChannel _channel;

    private WorkingCluster(SandboxCluster cluster, FakeTimeProvider clock)
    {
        Cluster = cluster;
        Clock = clock;
        _channel = SandboxChannel.Open(cluster.Address);
        Files = new ClusterBuilder(cluster.Address);
        Pfs = new PfsApi(_channel);
        Pps = new PpsApi(_channel);
    }

    public SandboxCluster Cluster { get; }

    public FakeTimeProvider Clock { get; }

    public ClusterBuilder Files { get; }

    public PfsApi Pfs { get; }

    public PpsApi Pps { get; }

    public static async Task<WorkingCluster> StartAsync(
        string release, bool runsPipelines = true, string? data = null, bool ticksOnRequest = false, int maxTxnOps = 10_000)
    {
        var clock = new FakeTimeProvider(Start);
        var options = new SandboxOptions
        {
            ExposeObjectApi = true,
            Release = Release.Parse(release),
            RunPipelines = runsPipelines,
            TicksOnRequest = ticksOnRequest,
            MaxTxnOps = maxTxnOps,
            TimeProvider = clock,
            DataDirectory = data,
        };
        return new WorkingCluster(await SandboxCluster.StartAsync(options), clock);
    }

    /// <summary>Starts a cluster with the repo <c>images</c>, in which two files were committed.</summary>
    public static async Task<WorkingCluster> StartWithImagesAsync(string release)
    {
        var cluster = await StartAsync(release);
        await cluster.Files.CreateRepoAsync("images");
        await cluster.Files.CommitFileAsync("images", "master", "/1.png", "one");
        await cluster.Files.CommitFileAsync("images", "master", "/2.png", "two");
        return cluster;
    }

    /// <summary>Waits for all jobs that a commit starts, and returns them.</summary>
    public async Task<IReadOnlyList<JobInfo>> FlushAsync(string repo, string commit = "master")
    {
        using var call = Pps.FlushJob(new FlushJobRequest { Commits = { CommitOf(repo, commit) } });
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    public async Task<CommitInfo> HeadOfAsync(string repo, string branch = "master") =>
        await Pfs.InspectCommitAsync(new InspectCommitRequest { Commit = CommitOf(repo, branch), BlockState = CommitState.Finished });

    public async Task<IReadOnlyList<CommitInfo>> CommitsOfAsync(string repo) =>
        [.. (await Pfs.ListCommitAsync(new ListCommitRequest { Repo = new Repo { Name = repo } })).CommitInfo];

    public async Task<string> ReadAsync(string repo, string path, string commit = "master")
    {
        using var call = Pfs.GetFile(new GetFileRequest { File = new Pachyderm.Wire.Pfs.File { Commit = CommitOf(repo, commit), Path = path } });
        return string.Concat(await call.ResponseStream.ReadAllAsync().Select(part => part.Value.ToStringUtf8()).ToListAsync());
    }

    public async Task<IReadOnlyList<string>> ListAsync(string repo, string commit = "master")
    {
        var files = await Pfs.ListFileAsync(new ListFileRequest { File = new Pachyderm.Wire.Pfs.File { Commit = CommitOf(repo, commit), Path = "/" } });
        return [.. files.FileInfo.Select(file => file.File.Path.TrimStart('/'))];
    }

    public async Task<PipelineInfo> InspectAsync(string pipeline) =>
        await Pps.InspectPipelineAsync(new InspectPipelineRequest { Pipeline = new Pipeline { Name = pipeline } });

    public async Task<IReadOnlyList<JobInfo>> JobsAsync(string? pipeline = null) =>
        [.. (await Pps.ListJobAsync(new ListJobRequest { Pipeline = pipeline is null ? null : new Pipeline { Name = pipeline } })).JobInfo];

    public async Task<IReadOnlyList<Op>> ExtractAsync()
    {
        using var call = new AdminApi(_channel).Extract(new ExtractRequest());
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    /// <summary>Restores operations, and asserts that the server accepts them.</summary>
    public async Task RestoreAsync(IEnumerable<Op> operations)
    {
        using var call = new AdminApi(_channel).Restore();
        foreach (var operation in operations)
        {
            await call.RequestStream.WriteAsync(new RestoreRequest { Op = operation });
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(new Empty(), await call);
    }

    public async ValueTask DisposeAsync()
    {
        Files.Dispose();
        _channel.Dispose();
        await Cluster.DisposeAsync();
    }

    public static CreatePipelineRequest Spec(string name, Input input) => new()
    {
        Pipeline = new Pipeline { Name = name },
        Transform = new Transform { Image = "ubuntu:16.04", Cmd = { "true" } },
        Input = input,
    };

    public static Commit CommitOf(string repo, string id) => new() { Repo = new Repo { Name = repo }, Id = id };
}
