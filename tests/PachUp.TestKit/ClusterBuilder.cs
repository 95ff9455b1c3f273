using Google.Protobuf;
using Grpc.Net.Client;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API.APIClient;
using PpsApi = PachUp.Pachyderm.Wire.Pps.API.APIClient;

namespace PachUp.TestKit;

/// <summary>Fills a cluster by calls, as a user of pachctl does.</summary>
public sealed class ClusterBuilder : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly PfsApi _pfs;
    private readonly PpsApi _pps;

    public ClusterBuilder(ClusterAddress address)
    {
        _channel = SandboxChannel.Open(address);
        _pfs = new PfsApi(_channel);
        _pps = new PpsApi(_channel);
    }

    public void Dispose() => _channel.Dispose();

    public async Task CreateRepoAsync(string repo, string description = "") =>
        await _pfs.CreateRepoAsync(new CreateRepoRequest { Repo = new Repo { Name = repo }, Description = description });

    /// <summary>Puts a file into a new commit of a branch, which is finished afterwards.</summary>
    public async Task<string> CommitFileAsync(string repo, string branch, string path, string content)
    {
        var commit = await StartCommitAsync(repo, branch);
        await PutFileAsync(repo, commit, path, content);
        await FinishCommitAsync(repo, commit);
        return commit;
    }

    /// <summary>Starts a commit and leaves it open.</summary>
    public async Task<string> StartCommitAsync(string repo, string branch)
    {
        var request = new StartCommitRequest { Parent = new Commit { Repo = new Repo { Name = repo } }, Branch = branch };
        return (await _pfs.StartCommitAsync(request)).Id;
    }

    public async Task PutFileAsync(string repo, string commit, string path, string content)
    {
        using var call = _pfs.PutFile();
        foreach (var part in System.Text.Encoding.UTF8.GetBytes(content).Chunk(Pachyderm.Operation.MaxValueBytes))
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

    public async Task FinishCommitAsync(string repo, string commit) => await _pfs.FinishCommitAsync(new FinishCommitRequest { Commit = CommitOf(repo, commit) });

    public async Task CreateBranchAsync(string repo, string branch, string? head = null, params (string Repo, string Branch)[] provenance)
    {
        var request = new CreateBranchRequest { Branch = BranchOf(repo, branch), Provenance = { provenance.Select(origin => BranchOf(origin.Repo, origin.Branch)) } };
        if (head is not null)
        {
            request.Head = CommitOf(repo, head);
        }

        await _pfs.CreateBranchAsync(request);
    }

    /// <summary>Creates a pipeline that reads one branch.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="repo">The repo it reads.</param>
    /// <param name="branch">The branch it reads.</param>
    /// <param name="more">Sets further fields.</param>
    public Task CreatePipelineAsync(string name, string repo, string branch = "master", Action<CreatePipelineRequest>? more = null) =>
        CreatePipelineAsync(name, new Input { Pfs = new PFSInput { Repo = repo, Branch = branch, Glob = "/*" } }, more);

    /// <summary>Creates a pipeline that ticks.</summary>
    public Task CreateCronPipelineAsync(string name, string spec) =>
        CreatePipelineAsync(name, new Input { Cron = new CronInput { Name = "tick", Spec = spec } }, null);

    public async Task StopPipelineAsync(string pipeline) => await _pps.StopPipelineAsync(new StopPipelineRequest { Pipeline = new Pipeline { Name = pipeline } });

    private async Task CreatePipelineAsync(string name, Input input, Action<CreatePipelineRequest>? more)
    {
        var request = new CreatePipelineRequest
        {
            Pipeline = new Pipeline { Name = name },
            Transform = new Transform { Image = "ubuntu:16.04", Cmd = { "sh" } },
            Input = input,
        };
        more?.Invoke(request);
        await _pps.CreatePipelineAsync(request);
    }

    private static Commit CommitOf(string repo, string commit) => new() { Repo = new Repo { Name = repo }, Id = commit };

    private static Branch BranchOf(string repo, string branch) => new() { Repo = new Repo { Name = repo }, Name = branch };
}
