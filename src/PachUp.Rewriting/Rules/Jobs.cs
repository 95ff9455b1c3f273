using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>Leaves out jobs: they belong to output commits, which are computed again.</summary>
public sealed class Jobs : IRule
{
    private const string Rule = "jobs";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Carried.Pipelines.IsEmpty ? draft : draft.Announce(
    [
        new AnnouncedChange(
            ChangeKind.LeftOut,
            Items.Pipeline(InventoryItem.AllPipelines, "their jobs and logs"),
            Rule,
            $"the stream of {draft.Source.Release.Line} contains no jobs; the target makes new jobs for what it computes"),
    ]);
}
