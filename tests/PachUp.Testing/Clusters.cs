using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Testing;

/// <summary>Small clusters for tests of one rule, of 1.8 by default.</summary>
public static class Clusters
{
    private static readonly DateTimeOffset Noon = new(2019, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static ClusterInventory Of(params IEnumerable<RepoInventory> repos) => new() { Release = new Release(1, 8, 8), ClusterId = "source", Repos = [.. repos] };

    public static ClusterInventory Running(this ClusterInventory cluster, params IEnumerable<PipelineInfo> pipelines) => cluster with
    {
        Pipelines = [.. cluster.Pipelines, .. pipelines.Select(info => new PipelineInventory { Name = info.Pipeline.Name, Info = info, Stopped = info.Stopped })],
    };

    public static RepoInventory Repo(string name, params IEnumerable<CommitInventory> commits) => new() { Name = name, Commits = [.. commits] };

    public static RepoInventory With(this RepoInventory repo, params IEnumerable<BranchInventory> branches) => repo with { Branches = [.. branches] };

    public static CommitInventory Commit(string name, string? parent = null) => new()
    {
        Id = Id(name),
        Parent = parent is null ? null : Id(parent),
        Started = Noon,
        Finished = Noon,
        Tree = $"tree-{name}",
        SizeBytes = 7,
    };

    public static CommitInventory Open(string name, string? parent = null) => Commit(name, parent) with { Finished = null, Tree = null };

    public static CommitInventory From(this CommitInventory commit, string repo, string origin, string branch) =>
        commit with { Provenance = [.. commit.Provenance, new CommitProvenanceInventory(repo, Id(origin), branch)] };

    public static BranchInventory Branch(string name, string? head = null) => new() { Name = name, Head = head is null ? null : Id(head) };

    public static BranchInventory From(this BranchInventory branch, string repo, string origin) => branch with
    {
        DirectProvenance = [.. branch.DirectProvenance, new BranchName(repo, origin)],
        Provenance = [.. branch.Provenance, new BranchName(repo, origin)],
    };

    public static PipelineInfo Pipeline(string name, params IEnumerable<Input> inputs)
    {
        var pipeline = new PipelineInfo { Pipeline = new Pipeline { Name = name }, Transform = new Transform { Image = "ubuntu:16.04" }, OutputBranch = "master" };
        var all = inputs.ToList();
        pipeline.Input = all.Count == 1 ? all[0] : new Input { Cross = { all } };
        return pipeline;
    }

    public static Input Pfs(string repo, string branch = "master") => new() { Pfs = new PFSInput { Name = repo, Repo = repo, Branch = branch, Glob = "/*" } };

    /// <summary>A cron input as servers list it, with its repo.</summary>
    public static Input Cron(string pipeline, string spec = "@hourly") => new()
    {
        Cron = new CronInput { Name = "tick", Repo = $"{pipeline}_tick", Spec = spec, Start = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Noon) },
    };

    /// <summary>An id in the format of pachd that starts with the name: 32 digits, the 13th is a 4.</summary>
    public static string Id(string name) => name.PadRight(12, '0') + "4".PadRight(20, '0');
}
