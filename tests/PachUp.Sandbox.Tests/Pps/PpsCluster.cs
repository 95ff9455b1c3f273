using Grpc.Core;
using Grpc.Net.Client;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk.Testing;
using FilesApi = PachUp.Pachyderm.Wire.Pfs.API.APIClient;
using PpsApi = PachUp.Pachyderm.Wire.Pps.API.APIClient;

namespace PachUp.Sandbox.Tests.Pps;

/// <summary>A cluster that has a repo with one commit, and a client for its pipelines.</summary>
internal sealed class PpsCluster : IAsyncDisposable
{
    private readonly SandboxCluster _cluster;
    private readonly GrpcChannel _channel;
    private readonly FilesApi _files;

    private PpsCluster(SandboxCluster cluster)
    {
        _cluster = cluster;
        _channel = SandboxChannel.Open(cluster.Address);
        Api = new PpsApi(_channel);
        _files = new FilesApi(_channel);
        Files = new ClusterBuilder(cluster.Address);
    }

    public PpsApi Api { get; }

    public ClusterBuilder Files { get; }

    public static async Task<PpsCluster> StartAsync(string release)
    {
        var pps = new PpsCluster(await Clusters.StartAsync(release));
        await pps.Files.CreateRepoAsync("images");
        await pps.Files.CommitFileAsync("images", "master", "/1.png", "one");
        return pps;
    }

    /// <summary>A spec that every release accepts, if it accepts the name.</summary>
    public static CreatePipelineRequest Spec(string name) => new()
    {
        Pipeline = new Pipeline { Name = name },
        Transform = new Transform { Image = "ubuntu:16.04", Cmd = { "true" } },
        Input = new Input { Pfs = new PFSInput { Repo = "images", Glob = "/*" } },
    };

    public async Task<PipelineInfo> InspectAsync(string name) =>
        await Api.InspectPipelineAsync(new InspectPipelineRequest { Pipeline = new Pipeline { Name = name } });

    /// <summary>The newest commit of the branch <c>master</c>, finished or not.</summary>
    public async Task<CommitInfo> HeadOfAsync(string repo) =>
        await _files.InspectCommitAsync(new InspectCommitRequest { Commit = new Commit { Repo = new Repo { Name = repo }, Id = "master" } });

    /// <summary>The server's error for a spec.</summary>
    public async Task<string> RefusalOfAsync(CreatePipelineRequest spec) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await Api.CreatePipelineAsync(spec))).Status.Detail;

    public async ValueTask DisposeAsync()
    {
        Files.Dispose();
        _channel.Dispose();
        await _cluster.DisposeAsync();
    }
}
