using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;

namespace PachUp.Sdk.Testing.Environments;

/// <summary>
/// The content of a cluster, line by line: two clusters with the same lines have the same content. New ids are left out, because their number depends on
/// how often a server was called.
/// </summary>
internal sealed partial record ClusterLines
{
    private const int ShownDifferences = 6;

    private ClusterLines(ImmutableArray<string> lines, IReadOnlySet<string> ids, ImmutableArray<string> repos) => (Lines, Ids, Repos) = (lines, ids, repos);

    /// <summary>The lines, sorted.</summary>
    public ImmutableArray<string> Lines { get; }

    /// <summary>Its commit ids and object hashes.</summary>
    public IReadOnlySet<string> Ids { get; }

    /// <summary>The names of its repos.</summary>
    public ImmutableArray<string> Repos { get; }

    /// <summary>Reads a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="known">The ids that are not left out; null for all its ids.</param>
    /// <param name="leavesOutRestarts">
    /// Whether to leave out what every pachd makes when a stopped pipeline is started: a new commit at the head of its output branch, a new object for its
    /// spec, and the spec in the provenance of the branch, which a spout of 1.9.6 and later does not have at first.
    /// </param>
    public static async Task<ClusterLines> ReadAsync(SandboxCluster cluster, IReadOnlySet<string>? known = null, bool leavesOutRestarts = true)
    {
        await using var client = PachdClient.Create(cluster.Address);
        var inventory = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);
        var objects = await client.ListObjectsAsync().ToListAsync();
        var commits = inventory.Repos.SelectMany(repo => repo.Commits).Select(commit => commit.Id);
        var ids = commits.Concat(objects).ToHashSet(StringComparer.Ordinal);
        var shown = known ?? ids;
        IEnumerable<string> lines =
        [
            .. inventory.Repos.SelectMany(repo => Describe(repo, shown, leavesOutRestarts)),
            .. inventory.Pipelines.Select(pipeline => $"pipeline {pipeline.Name}, stopped {pipeline.Stopped}, {PipelineSpecs.ToRequest(pipeline.Info)}"),
            .. objects.Where(hash => !leavesOutRestarts || shown.Contains(hash)).Select(hash => $"object {hash}"),
            .. (await client.ListTagsAsync().ToListAsync()).Select(tag => $"tag {tag.Tag} = {tag.ObjectHash}"),
        ];
        return new ClusterLines([.. lines.Select(line => WithoutOthers(line, shown)).Order(StringComparer.Ordinal)], ids, [.. inventory.Repos.Select(repo => repo.Name)]);
    }

    /// <summary>The same lines and more.</summary>
    public ClusterLines With(IEnumerable<string> more) => new([.. Lines, .. more], Ids, Repos);

    /// <summary>The same lines, with a word before each.</summary>
    public ClusterLines Marked(string word) => new([.. Lines.Select(line => $"{word}: {line}")], Ids, Repos);

    /// <summary>The differences from the expected content, as text; empty if there are none.</summary>
    public string DifferenceTo(ClusterLines expected)
    {
        IReadOnlyList<string> differences =
        [
            .. expected.Lines.Except(Lines).Select(line => $"  not there any more: {line}"),
            .. Lines.Except(expected.Lines).Select(line => $"  there instead: {line}"),
        ];
        var rest = differences.Count > ShownDifferences ? $"\n  and {differences.Count - ShownDifferences} more" : "";
        return string.Join('\n', differences.Take(ShownDifferences)) + rest;
    }

    private static IEnumerable<string> Describe(RepoInventory repo, IReadOnlySet<string> known, bool leavesOutRestarts) =>
    [
        $"repo {repo with { Branches = [], Commits = [] }}",
        .. repo.Branches.Select(branch => Describe(repo.Name, leavesOutRestarts ? WithoutSpec(repo.Name, branch) : branch, leavesOutRestarts)),
        .. repo.Commits.Where(commit => !leavesOutRestarts || known.Contains(commit.Id)).Select(commit => Describe(repo.Name, commit, known)),
    ];

    private static string Describe(string repo, BranchInventory branch, bool leavesOutRestarts) =>
        $"branch {repo}@{branch.Name} = {(leavesOutRestarts && !branch.Provenance.IsEmpty ? "(computed)" : branch.Head)}, "
            + $"of {string.Join(' ', branch.DirectProvenance)}, of {string.Join(' ', branch.Provenance)}";

    private static BranchInventory WithoutSpec(string pipeline, BranchInventory branch)
    {
        var spec = new BranchName(BranchName.SpecRepo, pipeline);
        return branch with { DirectProvenance = branch.DirectProvenance.Remove(spec), Provenance = branch.Provenance.Remove(spec) };
    }

    private static string Describe(string repo, CommitInventory commit, IReadOnlySet<string> known)
    {
        var origins = commit.Provenance.Select(origin => WithoutOthers(origin.ToString(), known)).Order(StringComparer.Ordinal);
        return $"commit {repo}@{commit with { Provenance = [], Trees = [] }}, trees {string.Join(' ', commit.Trees)}, of {string.Join(' ', origins)}";
    }

    private static string WithoutOthers(string line, IReadOnlySet<string> known) => Id().Replace(line, id => known.Contains(id.Value) ? id.Value : "(new)");

    [GeneratedRegex("(?<![0-9a-f])([0-9a-f]{32}|[0-9a-f]{128})(?![0-9a-f])")]
    private static partial Regex Id();
}
