using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Engine.Tests.Checks;

/// <summary>Small clusters to ask a check about.</summary>
internal static class Inventories
{
    public static readonly DateTimeOffset Noon = new(2019, 10, 1, 12, 0, 0, TimeSpan.Zero);

    public static ClusterInventory Of(params IEnumerable<RepoInventory> repos) =>
        new() { Release = new Release(1, 8, 8), ClusterId = "source", Repos = [.. repos] };

    public static ClusterInventory Running(this ClusterInventory cluster, params IEnumerable<PipelineInfo> pipelines) => cluster with
    {
        Pipelines = [.. pipelines.Select(info => new PipelineInventory { Name = info.Pipeline.Name, Info = info, Stopped = info.Stopped })],
    };

    public static RepoInventory Repo(string name, params IEnumerable<CommitInventory> commits) => new() { Name = name, Commits = [.. commits] };

    public static RepoInventory With(this RepoInventory repo, params IEnumerable<BranchInventory> branches) => repo with { Branches = [.. branches] };

    public static CommitInventory Commit(string id, string? parent = null, long size = 0) =>
        new() { Id = id, Parent = parent, Started = Noon, Finished = Noon, SizeBytes = size, Tree = $"tree-{id}" };

    public static CommitInventory From(this CommitInventory commit, string repo, string origin, string branch) =>
        commit with { Provenance = [.. commit.Provenance, new CommitProvenanceInventory(repo, origin, branch)] };

    public static BranchInventory Branch(string name, string? head = null, params IEnumerable<BranchName> provenance) =>
        new() { Name = name, Head = head, DirectProvenance = [.. provenance] };

    public static PipelineInfo Pipeline(string name, Input? input = null) =>
        new() { Pipeline = new Pipeline { Name = name }, Input = input ?? Pfs("images"), OutputBranch = "master" };

    public static Input Pfs(string repo) => new() { Pfs = new PFSInput { Name = repo, Repo = repo, Branch = "master", Glob = "/*" } };
}
