using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Turns messages of servers into inventories. It sorts lists, and turns empty optional values into null.</summary>
internal static class InventoryMapping
{
    public static PipelineInventory ToInventory(PipelineInfo pipeline) =>
        new() { Name = pipeline.Pipeline?.Name ?? "", Stopped = pipeline.Stopped, Info = MapOrder.Sort(pipeline) };

    public static RepoInventory ToInventory(RepoInfo repo, IEnumerable<BranchInfo> branches, IEnumerable<CommitInfo> commits) => new()
    {
        Name = repo.Repo.Name,
        Description = repo.Description,
        SizeBytes = (long)repo.SizeBytes,
        Created = ToTime(repo.Created),
        Branches = [.. branches.Select(ToInventory).OrderBy(branch => branch.Name, StringComparer.Ordinal)],
        Commits = [.. commits.Select(ToInventory).DistinctBy(commit => commit.Id).OrderBy(commit => commit.Id, StringComparer.Ordinal)],
    };

    private static BranchInventory ToInventory(BranchInfo branch) => new()
    {
        Name = NonEmpty(branch.Branch?.Name) ?? branch.Name,
        Head = NonEmpty(branch.Head?.Id),
        Trigger = branch.Trigger is { } trigger ? new TriggerInventory(trigger.Branch, trigger.All, trigger.CronSpec, trigger.Size, trigger.Commits) : null,
        DirectProvenance = [.. branch.DirectProvenance.Select(ToName).Order()],
        Provenance = [.. branch.Provenance.Select(ToName).Order()],
    };

    private static CommitInventory ToInventory(CommitInfo commit) => new()
    {
        Id = SharedTexts.Of(commit.Commit.Id),
        Parent = NonEmpty(commit.ParentCommit?.Id),
        Branch = NonEmpty(commit.Branch?.Name),
        Started = ToTime(commit.Started),
        Finished = ToTime(commit.Finished),
        SizeBytes = (long)commit.SizeBytes,
        Tree = NonEmpty(commit.Tree?.Hash),
        Trees = [.. commit.Trees.Select(tree => tree.Hash)],
        Datums = NonEmpty(commit.Datums?.Hash),
        Description = commit.Description,
        Provenance = Sorted(ProvenanceOf(commit)),
    };

    public static ImmutableArray<CommitProvenanceInventory> Sorted(IEnumerable<CommitProvenanceInventory> provenance) =>
    [
        .. provenance
            .OrderBy(origin => origin.Repo, StringComparer.Ordinal)
            .ThenBy(origin => origin.Commit, StringComparer.Ordinal)
            .ThenBy(origin => origin.Branch, StringComparer.Ordinal),
    ];

    public static CommitProvenanceInventory ToProvenance(Commit? commit, Branch? branch) =>
        new(
            SharedTexts.Of(commit?.Repo?.Name ?? ""),
            SharedTexts.Of(commit?.Id ?? ""),
            SharedTexts.Of(branch?.Repo?.Name == commit?.Repo?.Name ? branch?.Name ?? "" : ""));

    public static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : SharedTexts.Of(text);

    /// <summary>From 1.9 on, the provenance has pairs of commit and branch. Before, it has two lists of the same length.</summary>
    private static IEnumerable<CommitProvenanceInventory> ProvenanceOf(CommitInfo commit)
    {
        var paired = commit.Provenance.Select(origin => ToProvenance(origin.Commit, origin.Branch));
        var branches = commit.BranchProvenance.Count == commit.ProvenanceUntil187.Count ? commit.BranchProvenance : null;
        return paired.Concat(commit.ProvenanceUntil187.Select((origin, index) => ToProvenance(origin, branches?[index])));
    }

    private static BranchName ToName(Branch branch) => new(branch.Repo?.Name ?? "", branch.Name);

    /// <summary>
    /// The time in UTC, truncated to 100 ns. A time outside the range of <see cref="DateTimeOffset"/> becomes the nearest valid time, because a commit
    /// with an invalid finish time is finished too.
    /// </summary>
    private static DateTimeOffset? ToTime(Timestamp? time) => time is null ? null : new Timestamp
    {
        Seconds = Math.Clamp(time.Seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds()),
        Nanos = Math.Clamp(time.Nanos, 0, 999_999_999),
    }.ToDateTimeOffset();
}
