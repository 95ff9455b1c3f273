using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// 1.7 stores the time of a tick in the file <c>/time</c>. Later releases use the time as the name of an empty file, and never tick again in a repo
/// whose newest tick has the old format. So the resume step adds a tick in the new format, in its own commit.
/// </summary>
public sealed class TickForms : IRule
{
    private const string Rule = "tick-form";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Target.NamesTicksByTime
        ? draft.Announce(draft.Source.Pipelines
            .SelectMany(CronPipelines.TickedBranches)
            .Where(branch => HasTicks(draft.Carried, branch))
            .Select(branch => new AnnouncedChange(
                ChangeKind.Recomputed,
                Items.Branch(branch.Repo, branch.Branch, "one more commit: a tick in the new format replaces /time"),
                Rule,
                $"{draft.Target.Release.Line} names ticks by their time, and makes no tick if the newest has another format")))
        : draft;

    private static bool HasTicks(ClusterInventory carried, BranchName branch) => carried.FindRepo(branch.Repo)?.FindBranch(branch.Branch)?.Head is not null;
}
