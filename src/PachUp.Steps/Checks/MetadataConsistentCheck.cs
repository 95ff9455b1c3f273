using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>
/// Looks for what pachd's own fsck would find, in the listings: asking early releases for an fsck crashes some of them, and 1.7 has none.
/// </summary>
internal sealed class MetadataConsistentCheck : ICheck
{
    public string Name => "metadata-consistent";

    public string Question => "Do the source's branches and commits fit together?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A branch whose head is gone, a commit whose parent is gone, or one that is computed from two commits of the same branch stops a "
            + "restore half done. pachd's own fsck finds such things, but 1.7 has none, and 1.8.7 to 1.9.0 crash on some of them.",
        WhenPassed = "Every head and every parent is there, and provenance names one commit a branch.",
        WhenWarned = "Provenance of the items that are named cannot be carried as it is. Look at them before it is dropped.",
        WhenRefused = "The heads or parents that are named are missing on the source. Point the branches at commits that exist, or delete the "
            + "commits without parents.",
        Issues = [4540],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var source = context.Survey.Source;
        var broken = source.Repos.SelectMany(MissingIn).ToList();
        return Task.FromResult(broken.Count > 0
            ? CheckResult.Refused(
                "metadata of the source points at commits that are not there",
                "Point the branches at commits that exist (\"pachctl create-branch\"), or delete the commits without parents, then plan again.",
                broken)
            : AboutProvenance([.. source.Repos.SelectMany(repo => OddProvenanceIn(source, repo))]));
    }

    private static CheckResult AboutProvenance(IReadOnlyCollection<string> odd) => odd.Count == 0
        ? CheckResult.Passed("Heads, parents and provenance of the source fit together")
        : CheckResult.Warning(
            $"the provenance of {Words.Count(odd.Count, "item")} on the source cannot be right",
            "See whether their files are what they should be; where pipelines computed them, update the pipeline with --reprocess on the source.",
            odd);

    private static IEnumerable<string> MissingIn(RepoInventory repo)
    {
        var commits = repo.Commits.Select(commit => commit.Id).ToHashSet(StringComparer.Ordinal);
        var heads = repo.Branches
            .Where(branch => branch.Head is { } head && !commits.Contains(head))
            .Select(branch => $"branch {repo.Name}@{branch.Name}: its head {branch.Head} is not there");
        var parents = repo.Commits
            .Where(commit => commit.Parent is { } parent && !commits.Contains(parent))
            .Select(commit => $"commit {repo.Name}@{commit.Id}: its parent {commit.Parent} is not there");
        return heads.Concat(parents);
    }

    private static IEnumerable<string> OddProvenanceIn(ClusterInventory source, RepoInventory repo)
    {
        var twice = repo.Commits
            .Where(commit => commit.Provenance.Where(origin => origin.Branch.Length > 0).GroupBy(origin => (origin.Repo, origin.Branch)).Any(same => same.Count() > 1))
            .Select(commit => $"commit {repo.Name}@{commit.Id}: computed from two commits of one branch");
        var gone = repo.Branches.SelectMany(branch => branch.DirectProvenance
            .Where(origin => !origin.IsSpec && source.FindRepo(origin.Repo)?.FindBranch(origin.Branch) is null)
            .Select(origin => $"branch {repo.Name}@{branch.Name}: computed from {origin}, which is not there"));
        return twice.Concat(gone);
    }
}
