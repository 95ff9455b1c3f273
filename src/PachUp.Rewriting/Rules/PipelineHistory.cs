using System.Globalization;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// The target creates every pipeline again: its version becomes 1, its creation time that of the restore, and its earlier specs are lost.
/// </summary>
public sealed class PipelineHistory : IRule
{
    private const string Rule = "pipeline-history";
    private const string Why = "the target creates every pipeline again from its current spec";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Announce(draft.Carried.Pipelines.Select(pipeline =>
        new AnnouncedChange(ChangeKind.Changed, Items.Pipeline(pipeline.Name, Detail(pipeline)), Rule, Why)));

    private static string Detail(PipelineInventory pipeline)
    {
        const string created = "creation time";
        return pipeline.Info.Version is var version && version > 1
            ? string.Create(CultureInfo.InvariantCulture, $"version {version} -> 1, {created}, {Items.Count((int)version - 1, "earlier spec")} left out")
            : created;
    }
}
