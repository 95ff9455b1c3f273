using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19.Rules;

/// <summary>Jobs belong to output commits, and those are computed anew.</summary>
internal sealed class Jobs : IRule
{
    private const string Rule = "jobs";
    private const string Why = "the stream of 1.8 has no jobs; the target makes new ones";

    public Draft Apply(Draft draft) => draft.Carried.Pipelines.IsEmpty ? draft : draft.Announce(
    [
        new AnnouncedChange(ChangeKind.LeftOut, Items.Pipeline("all pipelines", "their jobs and logs"), Rule, Why),
    ]);
}
