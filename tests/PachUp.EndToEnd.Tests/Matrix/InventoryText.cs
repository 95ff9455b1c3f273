using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// The content of a cluster as one text. Two clusters have the same content if their texts are equal. Ids that a server generates (of the cluster, of
/// specs and their commits, of output commits) are left out, because they differ between runs.
/// </summary>
internal static partial class InventoryText
{
    /// <param name="cluster">The cluster.</param>
    /// <param name="knownIds">The ids that must be equal in every run.</param>
    /// <param name="leaveOutRestarts">
    /// Whether to leave out the effects of starting a stopped pipeline: a new commit at the head of its output branch, a new object for its spec, and the
    /// spec in the provenance of the branch, which a spout does not have at first.
    /// </param>
    public static async Task<string> OfAsync(SandboxCluster cluster, IReadOnlySet<string> knownIds, bool leaveOutRestarts = false)
    {
        await using var client = PachdClient.Create(cluster.PeerAddress);
        var inventory = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);
        var text = new StringBuilder();
        foreach (var repo in inventory.Repos)
        {
            text.Append("repo ").AppendLine((repo with { Branches = [], Commits = [] }).ToString());
            var outputBranch = leaveOutRestarts ? inventory.FindPipeline(repo.Name)?.Info.OutputBranch : null;
            AppendSorted(text, repo.Branches.Select(branch => Describe(branch, isRestarted: branch.Name == outputBranch || (leaveOutRestarts && !branch.Provenance.IsEmpty))), knownIds);
            AppendSorted(text, repo.Commits.Where(commit => !leaveOutRestarts || knownIds.Contains(commit.Id)).Select(commit => Describe(commit, knownIds)), knownIds);
        }

        AppendSorted(text, inventory.Pipelines.Select(pipeline => $"pipeline {pipeline.Name}, stopped {pipeline.Stopped}, {PipelineSpecs.ToRequest(pipeline.Info)}"), knownIds);
        AppendSorted(text, await client.ListObjectsAsync().Where(hash => !leaveOutRestarts || knownIds.Contains(hash)).Select(hash => $"object {hash}").ToListAsync(), knownIds);
        AppendSorted(text, await client.ListTagsAsync().Select(tag => $"tag {tag.Tag} = {tag.ObjectHash}").ToListAsync(), knownIds);
        return text.ToString();
    }

    /// <summary>The content of an archive: the number of operations of each kind, and the ids and hashes that must be equal in every run.</summary>
    public static async Task<string> OfArchiveAsync(string archive, IReadOnlySet<string> knownIds)
    {
        await using var file = File.OpenRead(archive);
        var kinds = await ArchiveReader.ReadAsync(file).CountBy(operation => operation.Kind).ToListAsync();
        var counts = kinds.OrderBy(kind => kind.Key).Select(kind => $"{kind.Key} {kind.Value}");
        return string.Join('\n', counts.Concat((await IdsInAsync(archive)).Intersect(knownIds).Order(StringComparer.Ordinal)));
    }

    /// <summary>The ids of all commits and the hashes of all objects of a cluster.</summary>
    public static async Task<IReadOnlySet<string>> IdsOfAsync(SandboxCluster cluster)
    {
        await using var client = PachdClient.Create(cluster.PeerAddress);
        var inventory = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);
        var commits = inventory.Repos.SelectMany(repo => repo.Commits).Select(commit => commit.Id);
        return commits.Concat(await client.ListObjectsAsync().ToListAsync()).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The ids of the commits and the hashes of the objects in an archive.</summary>
    public static async Task<IReadOnlySet<string>> IdsInAsync(string archive)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        await using var file = File.OpenRead(archive);
        await foreach (var operation in ArchiveReader.ReadAsync(file))
        {
            if (operation.Kind == OperationKind.Commit)
            {
                ids.Add(operation.AsCommit().ID);
            }
            else if (operation.Kind == OperationKind.Object && operation.ReadValue() is { IsEmpty: false } part)
            {
                content.AppendData(part.Span);
            }
            else if (operation.Kind == OperationKind.Object)
            {
                ids.Add(Convert.ToHexStringLower(content.GetHashAndReset()));
            }
        }

        return ids;
    }

    private static string Describe(BranchInventory branch, bool isRestarted)
    {
        var (direct, all) = isRestarted ? (WithoutSpecs(branch.DirectProvenance), WithoutSpecs(branch.Provenance)) : (branch.DirectProvenance, branch.Provenance);
        return $"  branch {branch.Name} = {(isRestarted ? "(computed)" : branch.Head)}, of {string.Join(' ', direct)}, of {string.Join(' ', all)}";
    }

    private static IEnumerable<BranchName> WithoutSpecs(IEnumerable<BranchName> provenance) => provenance.Where(branch => branch.Repo != BranchName.SpecRepo);

    private static string Describe(CommitInventory commit, IReadOnlySet<string> knownIds)
    {
        var origins = commit.Provenance.Select(origin => WithoutNewIds(origin.ToString(), knownIds)).Order(StringComparer.Ordinal);
        return $"  commit {commit with { Provenance = [], Trees = [] }}, trees {string.Join(' ', commit.Trees)}, of {string.Join(' ', origins)}";
    }

    private static void AppendSorted(StringBuilder text, IEnumerable<string> lines, IReadOnlySet<string> knownIds) =>
        text.AppendJoin('\n', lines.Select(line => WithoutNewIds(line, knownIds)).Order(StringComparer.Ordinal)).Append('\n');

    private static string WithoutNewIds(string line, IReadOnlySet<string> knownIds) =>
        Id().Replace(line, id => knownIds.Contains(id.Value) ? id.Value : "(new)");

    [GeneratedRegex("(?<![0-9a-f])([0-9a-f]{32}|[0-9a-f]{128})(?![0-9a-f])")]
    private static partial Regex Id();
}
