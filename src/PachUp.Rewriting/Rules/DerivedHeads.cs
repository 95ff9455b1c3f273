using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// The target opens a new commit on a branch with provenance, unless the head of the branch is computed from the heads of all branches in its
/// provenance. Every pachd does this, so the head on the source may be open for the same reason.
/// </summary>
public sealed class DerivedHeads : IRule
{
    private const string Rule = "derived-head";
    private const string Why = "its head is not computed from the heads that its provenance has on the target, so the target opens a new commit on it";

    private const string WhyLast =
        "its pipeline has a cron input and is created after everything else; this connects the branch to its input and opens a new commit on it";

    /// <inheritdoc/>
    public Draft Apply(Draft draft)
    {
        // Upstream first: what is computed from a renewed branch is renewed too.
        var derived = draft.Carried.Repos
            .SelectMany(repo => repo.Branches.Select(branch => (Repo: repo, Branch: branch)))
            .Where(derived => !derived.Branch.Provenance.IsEmpty && !draft.RenewedBranches.Contains(new BranchName(derived.Repo.Name, derived.Branch.Name)))
            .OrderBy(derived => derived.Branch.Provenance.Length);
        foreach (var (repo, branch) in derived)
        {
            if (ReasonToRenew(draft, repo, branch) is { } reason)
            {
                draft = draft.Announce([new AnnouncedChange(ChangeKind.Recomputed, Items.Branch(repo.Name, branch.Name), Rule, reason)]) with
                {
                    RenewedBranches = draft.RenewedBranches.Add(new BranchName(repo.Name, branch.Name)),
                };
            }
        }

        return draft;
    }

    private static string? ReasonToRenew(Draft draft, RepoInventory repo, BranchInventory branch)
    {
        if (ComesLast(draft, repo, branch))
        {
            return WhyLast;
        }

        // Without any input commit, the target opens no commit.
        var origins = branch.Provenance.Where(origin => IsRecomputed(draft, origin) || HeadOf(draft, origin) is not null).ToList();
        if (origins.All(origin => origin.IsSpec))
        {
            return null;
        }

        var head = repo.FindCommit(branch.Head);
        var named = head?.Provenance.Select(origin => (origin.Repo, origin.Commit)).ToHashSet() ?? [];
        return origins.All(origin => !IsRecomputed(draft, origin) && named.Contains((origin.Repo, HeadOf(draft, origin)!))) ? null : Why;
    }

    /// <summary>Whether the origin gets a head with an unknown id. A stopped pipeline opens no commit.</summary>
    private static bool IsRecomputed(Draft draft, BranchName origin) =>
        draft.OutputRepos.Contains(origin.Repo) ? !draft.Source.FindPipeline(origin.Repo)!.Stopped : draft.RenewedBranches.Contains(origin);

    /// <summary>The head as provenance names it.</summary>
    private static string? HeadOf(Draft draft, BranchName origin) =>
        origin.IsSpec ? origin.Branch : draft.Carried.FindRepo(origin.Repo)?.FindBranch(origin.Branch)?.Head;

    private static bool ComesLast(Draft draft, RepoInventory repo, BranchInventory branch) =>
        draft.KeptOutputs.Contains(repo.Name)
        && draft.Source.FindPipeline(repo.Name) is { } pipeline
        && branch.Name == pipeline.Info.OutputBranch
        && CronPipelines.ComesLast(pipeline);
}
