using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// 1.7 keeps the time of a tick in the file <c>/time</c>; later releases name an empty file by it, and never tick again in a repo whose newest tick has
/// the old form. So the step that resumes puts one of the new form in its place, in a commit of its own.
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
                Items.Branch(branch.Repo, branch.Branch, "one commit more: a tick of the new form in the place of /time"),
                Rule,
                $"{draft.Target.Release.Line} names ticks by their time, and makes no tick where the newest has another form")))
        : draft;

    private static bool HasTicks(ClusterInventory carried, BranchName branch) => carried.FindRepo(branch.Repo)?.FindBranch(branch.Branch)?.Head is not null;
}
