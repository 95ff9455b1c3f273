using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk.Testing;
using AdminApi = PachUp.Pachyderm.Wire.Admin.API.APIClient;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API.APIClient;
using PpsApi = PachUp.Pachyderm.Wire.Pps.API.APIClient;

namespace PachUp.EndToEnd.Tests.Durability;

/// <summary>Records what a server has acknowledged, to compare it with the content of the server.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentBag<string> _repos = [];
    private readonly ConcurrentBag<string> _pipelines = [];
    private readonly ConcurrentBag<(string Repo, string Commit)> _started = [];
    private readonly ConcurrentBag<(string Repo, string Commit, string Path, string Content)> _finished = [];
    private string? _clusterId;
    private bool _isRestored;

    /// <summary>The number of acknowledged calls.</summary>
    public int Count => _repos.Count + _pipelines.Count + _started.Count + _finished.Count;

    public void AddRepo(string repo) => _repos.Add(repo);

    public void AddPipeline(string pipeline) => _pipelines.Add(pipeline);

    public void AddStarted(string repo, string commit) => _started.Add((repo, commit));

    public void AddFinished(string repo, string commit, string path, string content) => _finished.Add((repo, commit, path, content));

    public void AddRestored() => _isRestored = true;

    /// <summary>Asserts that a server has everything that it acknowledged, and that its content is consistent.</summary>
    public async Task CheckAsync(ClusterAddress address)
    {
        using var channel = SandboxChannel.Open(address);
        var pfs = new PfsApi(channel);
        var id = (await new AdminApi(channel).InspectClusterAsync(new Empty())).Id;
        Assert.Equal(_clusterId ??= id, id);
        await CheckReposAsync(pfs);
        await CheckPipelinesAsync(new PpsApi(channel));
        await CheckCommitsAsync(pfs);
        await CheckConsistencyAsync(pfs, new AdminApi(channel));
    }

    private async Task CheckReposAsync(PfsApi pfs)
    {
        var repos = (await pfs.ListRepoAsync(new ListRepoRequest())).RepoInfo.Select(info => info.Repo.Name).ToHashSet();
        Assert.Subset(repos, _repos.ToHashSet());
        if (_isRestored)
            Assert.Subset(repos, new HashSet<string> { "images", "labels", "edges" });
    }

    private async Task CheckPipelinesAsync(PpsApi pps)
    {
        var pipelines = (await pps.ListPipelineAsync(new ListPipelineRequest())).PipelineInfo;
        Assert.Subset(pipelines.Select(info => info.Pipeline.Name).ToHashSet(), _pipelines.ToHashSet());
        Assert.All(pipelines, pipeline => Assert.NotNull(pipeline.Transform));
    }

    private async Task CheckCommitsAsync(PfsApi pfs)
    {
        foreach (var (repo, commit) in _started)
        {
            await pfs.InspectCommitAsync(new InspectCommitRequest { Commit = CommitOf(repo, commit) });
        }

        foreach (var (repo, commit, path, content) in _finished)
        {
            Assert.NotNull((await pfs.InspectCommitAsync(new InspectCommitRequest { Commit = CommitOf(repo, commit) })).Finished);
            Assert.Equal(content, await ReadAsync(pfs, repo, commit, path));
        }
    }

    /// <summary>Asserts that heads and parents exist, that every file of every finished commit can be read, and that everything can be extracted.</summary>
    private static async Task CheckConsistencyAsync(PfsApi pfs, AdminApi admin)
    {
        foreach (var repo in (await pfs.ListRepoAsync(new ListRepoRequest())).RepoInfo.Select(info => info.Repo))
        {
            var commits = (await pfs.ListCommitAsync(new ListCommitRequest { Repo = repo })).CommitInfo;
            var ids = commits.Select(commit => commit.Commit.Id).ToHashSet();
            var heads = (await pfs.ListBranchAsync(new ListBranchRequest { Repo = repo })).BranchInfo.Select(branch => branch.Head);
            Assert.All(heads.Concat(commits.Select(commit => commit.ParentCommit)).OfType<Commit>(), commit => Assert.Contains(commit.Id, ids));
            foreach (var commit in commits.Where(commit => commit is { Finished: not null, Tree: not null }))
            {
                await ReadAllAsync(pfs, commit.Commit);
            }
        }

        using var extract = admin.Extract(new ExtractRequest());
        await extract.ResponseStream.ReadAllAsync().CountAsync();
    }

    private static async Task ReadAllAsync(PfsApi pfs, Commit commit)
    {
        using var files = pfs.GlobFileStream(new GlobFileRequest { Commit = commit, Pattern = "**" });
        await foreach (var file in files.ResponseStream.ReadAllAsync().Where(info => info.FileType == FileType.File))
        {
            var content = await ReadAsync(pfs, commit.Repo.Name, commit.Id, file.File.Path);
            Assert.Equal((int)file.SizeBytes, content.Length);
        }
    }

    private static async Task<string> ReadAsync(PfsApi pfs, string repo, string commit, string path)
    {
        using var call = pfs.GetFile(new GetFileRequest { File = new Pachyderm.Wire.Pfs.File { Commit = CommitOf(repo, commit), Path = path } });
        return string.Concat(await call.ResponseStream.ReadAllAsync().Select(part => System.Text.Encoding.Latin1.GetString(part.Value.Span)).ToListAsync());
    }

    private static Commit CommitOf(string repo, string id) => new() { Repo = new Repo { Name = repo }, Id = id };
}
