using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Testing;

/// <summary>Small clusters whose commits have the ids that a test chooses. <see cref="Clusters"/> makes ids from names instead.</summary>
public static class Inventories
{
    public static readonly DateTimeOffset Noon = new(2019, 10, 1, 12, 0, 0, TimeSpan.Zero);

    public static ClusterInventory Of(params IEnumerable<RepoInventory> repos) => Clusters.Of(repos);

    public static RepoInventory Repo(string name, params IEnumerable<CommitInventory> commits) => Clusters.Repo(name, commits);

    public static CommitInventory Commit(string id, string? parent = null, long size = 0) =>
        new() { Id = id, Parent = parent, Started = Noon, Finished = Noon, SizeBytes = size, Tree = $"tree-{id}" };

    public static CommitInventory FromId(this CommitInventory commit, string repo, string origin, string branch) =>
        commit with { Provenance = [.. commit.Provenance, new CommitProvenanceInventory(repo, origin, branch)] };

    public static BranchInventory Branch(string name, string? head = null, params IEnumerable<BranchName> provenance) =>
        new() { Name = name, Head = head, DirectProvenance = [.. provenance] };

    public static PipelineInfo Pipeline(string name, Input? input = null) =>
        new() { Pipeline = new Pipeline { Name = name }, Input = input ?? Pfs("images"), OutputBranch = "master" };

    public static Input Pfs(string repo) => new() { Pfs = new PFSInput { Name = repo, Repo = repo, Branch = "master", Glob = "/*" } };
}
