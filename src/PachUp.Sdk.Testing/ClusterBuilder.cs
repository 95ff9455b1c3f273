using Google.Protobuf;
using Grpc.Net.Client;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API.APIClient;
using PpsApi = PachUp.Pachyderm.Wire.Pps.API.APIClient;

namespace PachUp.Sdk.Testing;

/// <summary>Fills a cluster by calls, as a user of pachctl does.</summary>
public sealed class ClusterBuilder : IDisposable
{
    private readonly GrpcChannel _channel;

    /// <summary>Connects to a cluster.</summary>
    public ClusterBuilder(ClusterAddress address)
    {
        _channel = SandboxChannel.Open(address);
        Pfs = new PfsApi(_channel);
        Pps = new PpsApi(_channel);
    }

    /// <summary>The PFS API, for calls that have no method here.</summary>
    public PfsApi Pfs { get; }

    /// <summary>The PPS API, for calls that have no method here.</summary>
    public PpsApi Pps { get; }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    /// <summary>Creates a repo.</summary>
    public async Task CreateRepoAsync(string repo, string description = "") =>
        await Pfs.CreateRepoAsync(new CreateRepoRequest { Repo = new Repo { Name = repo }, Description = description });

    /// <summary>Puts a file into a new commit of a branch, and finishes the commit.</summary>
    /// <returns>The id of the commit.</returns>
    public async Task<string> CommitFileAsync(string repo, string branch, string path, string content)
    {
        var commit = await StartCommitAsync(repo, branch);
        await PutFileAsync(repo, commit, path, content);
        await FinishCommitAsync(repo, commit);
        return commit;
    }

    /// <summary>Starts a commit and leaves it open.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> StartCommitAsync(string repo, string branch)
    {
        var request = new StartCommitRequest { Parent = new Commit { Repo = new Repo { Name = repo } }, Branch = branch };
        return (await Pfs.StartCommitAsync(request)).Id;
    }

    /// <summary>Puts a file into an open commit, in as many messages as necessary.</summary>
    public async Task PutFileAsync(string repo, string commit, string path, string content)
    {
        using var call = Pfs.PutFile();
        foreach (var part in System.Text.Encoding.UTF8.GetBytes(content).Chunk(Pachyderm.Operation.MaxValueBytes).DefaultIfEmpty([]))
        {
            await call.RequestStream.WriteAsync(new PutFileRequest
            {
                File = new Pachyderm.Wire.Pfs.File { Commit = CommitOf(repo, commit), Path = path },
                Value = ByteString.CopyFrom(part),
            });
        }

        await call.RequestStream.CompleteAsync();
        await call;
    }

    /// <summary>Finishes a commit.</summary>
    public async Task FinishCommitAsync(string repo, string commit) => await Pfs.FinishCommitAsync(new FinishCommitRequest { Commit = CommitOf(repo, commit) });

    /// <summary>Creates a branch, or moves it.</summary>
    /// <param name="repo">Its repo.</param>
    /// <param name="branch">Its name.</param>
    /// <param name="head">The commit or branch that is its head; null for none.</param>
    /// <param name="provenance">The branches in its provenance.</param>
    public async Task CreateBranchAsync(string repo, string branch, string? head = null, params (string Repo, string Branch)[] provenance)
    {
        var request = new CreateBranchRequest { Branch = BranchOf(repo, branch), Provenance = { provenance.Select(origin => BranchOf(origin.Repo, origin.Branch)) } };
        if (head is not null)
        {
            request.Head = CommitOf(repo, head);
        }

        await Pfs.CreateBranchAsync(request);
    }

    /// <summary>Creates a pipeline that reads one branch.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="repo">The repo that it reads.</param>
    /// <param name="branch">The branch that it reads.</param>
    /// <param name="more">Sets further fields.</param>
    public Task CreatePipelineAsync(string name, string repo, string branch = "master", Action<CreatePipelineRequest>? more = null) =>
        CreatePipelineAsync(name, new Input { Pfs = new PFSInput { Repo = repo, Branch = branch, Glob = "/*" } }, more);

    /// <summary>Creates a pipeline with a cron input.</summary>
    public Task CreateCronPipelineAsync(string name, string spec) =>
        CreatePipelineAsync(name, new Input { Cron = new CronInput { Name = "tick", Spec = spec } }, null);

    /// <summary>Stops a pipeline.</summary>
    public async Task StopPipelineAsync(string pipeline) => await Pps.StopPipelineAsync(new StopPipelineRequest { Pipeline = new Pipeline { Name = pipeline } });

    private async Task CreatePipelineAsync(string name, Input input, Action<CreatePipelineRequest>? more)
    {
        var request = new CreatePipelineRequest
        {
            Pipeline = new Pipeline { Name = name },
            Transform = new Transform { Image = "ubuntu:16.04", Cmd = { "sh" } },
            Input = input,
        };
        more?.Invoke(request);
        await Pps.CreatePipelineAsync(request);
    }

    private static Commit CommitOf(string repo, string commit) => new() { Repo = new Repo { Name = repo }, Id = commit };

    private static Branch BranchOf(string repo, string branch) => new() { Repo = new Repo { Name = repo }, Name = branch };
}
