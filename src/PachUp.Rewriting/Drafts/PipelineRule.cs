using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Rewriting.Drafts;

/// <summary>A rule that changes the specs of pipelines one by one.</summary>
public abstract class PipelineRule : IRule
{
    /// <summary>The name of the rule.</summary>
    protected abstract string Rule { get; }

    /// <summary>The reason for the change, in one sentence.</summary>
    /// <param name="target">The target.</param>
    protected abstract string Why(ReleaseTraits target);

    /// <inheritdoc/>
    public Draft Apply(Draft draft)
    {
        var changes = ImmutableArray.CreateBuilder<AnnouncedChange>();
        return draft.WithPipelines(pipeline => Apply(pipeline, draft.Target, changes)).Announce(changes);
    }

    /// <summary>Changes the spec if necessary, and describes the changes.</summary>
    /// <param name="pipeline">A copy of the spec, which may be changed.</param>
    /// <param name="target">The target.</param>
    /// <returns>The changes, field by field; empty for none.</returns>
    protected abstract IReadOnlyList<string> Change(PipelineInfo pipeline, ReleaseTraits target);

    private PipelineInventory Apply(PipelineInventory pipeline, ReleaseTraits target, ImmutableArray<AnnouncedChange>.Builder changes)
    {
        var copy = pipeline.Info.Clone();
        var details = Change(copy, target);
        changes.AddRange(details.Select(detail => new AnnouncedChange(ChangeKind.Changed, Items.Pipeline(pipeline.Name, detail), Rule, Why(target))));
        return details.Count > 0 ? pipeline with { Info = copy } : pipeline;
    }
}
