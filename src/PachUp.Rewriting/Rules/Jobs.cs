using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>Jobs belong to output commits, and those are computed anew.</summary>
public sealed class Jobs : IRule
{
    private const string Rule = "jobs";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Carried.Pipelines.IsEmpty ? draft : draft.Announce(
    [
        new AnnouncedChange(
            ChangeKind.LeftOut,
            Items.Pipeline("all pipelines", "their jobs and logs"),
            Rule,
            $"the stream of {draft.Source.Release.Line} has no jobs; the target makes new ones for what it computes"),
    ]);
}
