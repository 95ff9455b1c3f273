using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;

namespace PachUp.Engine.Runs.Reports.Graphs;

/// <summary>Finds out what happened to each repo and pipeline, from what the plan announced and what was found.</summary>
internal sealed class NodeFates
{
    private readonly ILookup<string, AnnouncedChange> _announced;
    private readonly ILookup<string, InventoryItem> _lost;
    private readonly ILookup<string, InventoryItem> _different;
    private readonly bool _isVerified;

    /// <param name="changes">What the plan announced.</param>
    /// <param name="verification">What the verification found; null if there was none.</param>
    /// <param name="afterWork">What the comparison of output found; null if there was none.</param>
    public NodeFates(IEnumerable<AnnouncedChange> changes, VerificationReport? verification, AfterWorkReport? afterWork)
    {
        _announced = changes.ToLookup(change => OwnerOf(change.Item), StringComparer.Ordinal);
        _lost = ByOwner([.. verification?.Lost ?? [], .. afterWork?.Outputs.SelectMany(output => output.Lost) ?? []]);
        _different = ByOwner([.. verification?.Changed ?? [], .. afterWork?.Outputs.SelectMany(output => output.Changed) ?? []]);
        _isVerified = verification is not null;
    }

    /// <summary>A node with what happened to it.</summary>
    public GraphNode NodeOf(string name, bool isPipeline) => new(name, isPipeline, FateOf(name), [.. NotesOn(name)]);

    private NodeFate FateOf(string name) =>
        _lost.Contains(name) ? NodeFate.Lost
        : _different.Contains(name) ? NodeFate.Different
        : !_isVerified ? NodeFate.NotVerified
        : _announced[name].Select(FateOf).Append(NodeFate.Arrived).Max();

    /// <summary>A repo that lost one commit as announced has arrived with a change; it was not left out itself.</summary>
    private static NodeFate FateOf(AnnouncedChange change) => (change.Kind, IsWhole(change.Item)) switch
    {
        (ChangeKind.Kept, _) => NodeFate.Arrived,
        (ChangeKind.Recomputed, true) => NodeFate.Recomputed,
        (ChangeKind.LeftOut, true) => NodeFate.LeftOut,
        _ => NodeFate.Changed,
    };

    private IEnumerable<string> NotesOn(string name) =>
    [
        .. CountsOf(_lost[name], "lost"),
        .. CountsOf(_different[name], "different"),
        .. _announced[name].GroupBy(change => change.Kind).OrderBy(group => group.Key).SelectMany(group => CountsOf(group.Select(change => change.Item), TextOf(group.Key))),
    ];

    private static IEnumerable<string> CountsOf(IEnumerable<InventoryItem> items, string what) =>
        items.DistinctBy(item => (item.Kind, item.Name)).CountBy(item => item.Kind).OrderBy(count => count.Key)
            .Select(count => $"{Words.Count(count.Value, count.Key.ToString().ToLowerInvariant())} {what}");

    private static string TextOf(ChangeKind kind) => kind switch
    {
        ChangeKind.LeftOut => "left out",
        ChangeKind.Recomputed => "computed again",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static ILookup<string, InventoryItem> ByOwner(IEnumerable<InventoryItem> items) =>
        items.Where(item => item.Kind is not (ItemKind.Object or ItemKind.Tag)).ToLookup(OwnerOf, StringComparer.Ordinal);

    private static bool IsWhole(InventoryItem item) => item.Kind is ItemKind.Repo or ItemKind.Pipeline;

    /// <summary>The repo or pipeline to which an item belongs: items in repos are called <c>images@master</c>.</summary>
    private static string OwnerOf(InventoryItem item) => IsWhole(item) ? item.Name : item.Name.Split('@')[0];
}
