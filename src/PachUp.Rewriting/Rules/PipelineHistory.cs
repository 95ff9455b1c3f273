using System.Globalization;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>A target creates every pipeline again: its version becomes 1, its time of creation that of the restore, and earlier specs are gone.</summary>
public sealed class PipelineHistory : IRule
{
    private const string Rule = "pipeline-history";
    private const string Why = "the target creates every pipeline again, from the spec that it has now";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Announce(draft.Carried.Pipelines.Select(pipeline =>
        new AnnouncedChange(ChangeKind.Changed, Items.Pipeline(pipeline.Name, Detail(pipeline)), Rule, Why)));

    private static string Detail(PipelineInventory pipeline)
    {
        const string created = "time of creation";
        return pipeline.Info.Version is var version && version > 1
            ? string.Create(CultureInfo.InvariantCulture, $"version {version} -> 1, {created}, {Items.Count((int)version - 1, "earlier spec")} left behind")
            : created;
    }
}
