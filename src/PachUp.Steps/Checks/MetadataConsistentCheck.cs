using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>
/// Finds in the listings what pachd's own fsck would find: fsck crashes some early releases, and 1.7 has no fsck.
/// </summary>
internal sealed class MetadataConsistentCheck : ICheck
{
    public string Name => "metadata-consistent";

    public string Question => "Are the branches and commits of the source consistent?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A restore stops halfway if the head of a branch or the parent of a commit is missing, or if a commit is computed from two commits "
            + "of one branch. pachd's own fsck finds such errors, but 1.7 has no fsck, and fsck crashes 1.8.7 to 1.9.0 on some of them.",
        WhenPassed = "Every head and every parent exists, and the provenance of each commit names at most one commit of each branch.",
        WhenWarned = "The provenance of the named items cannot be carried unchanged. Look at these items before their provenance is dropped.",
        WhenRefused = "The named heads or parents are missing on the source. Point the branches at commits that exist, or delete the commits whose "
            + "parents are missing.",
        Issues = [4540],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var source = context.Survey.Source;
        var broken = source.Repos.SelectMany(MissingIn).ToList();
        return Task.FromResult(broken.Count > 0
            ? CheckResult.Refused(
                "the source has branches or commits that point at missing commits",
                "Point the branches at commits that exist (\"pachctl create-branch\"), or delete the commits whose parents are missing, then plan again.",
                broken)
            : AboutProvenance([.. source.Repos.SelectMany(repo => OddProvenanceIn(source, repo))]));
    }

    private static CheckResult AboutProvenance(IReadOnlyCollection<string> odd) => odd.Count == 0
        ? CheckResult.Passed("Heads, parents and provenance of the source are consistent")
        : CheckResult.Warning(
            $"the provenance of {Words.Count(odd.Count, "item")} on the source is wrong",
            "Check the files of these items. If a pipeline computed them, update the pipeline with --reprocess on the source.",
            odd);

    private static IEnumerable<string> MissingIn(RepoInventory repo)
    {
        var commits = repo.Commits.Select(commit => commit.Id).ToHashSet(StringComparer.Ordinal);
        var heads = repo.Branches
            .Where(branch => branch.Head is { } head && !commits.Contains(head))
            .Select(branch => $"branch {repo.Name}@{branch.Name}: its head {branch.Head} does not exist");
        var parents = repo.Commits
            .Where(commit => commit.Parent is { } parent && !commits.Contains(parent))
            .Select(commit => $"commit {repo.Name}@{commit.Id}: its parent {commit.Parent} does not exist");
        return heads.Concat(parents);
    }

    private static IEnumerable<string> OddProvenanceIn(ClusterInventory source, RepoInventory repo)
    {
        var twice = repo.Commits
            .Where(commit => commit.Provenance.Where(origin => origin.Branch.Length > 0).GroupBy(origin => (origin.Repo, origin.Branch)).Any(same => same.Count() > 1))
            .Select(commit => $"commit {repo.Name}@{commit.Id}: computed from two commits of one branch");
        var gone = repo.Branches.SelectMany(branch => branch.DirectProvenance
            .Where(origin => !origin.IsSpec && source.FindRepo(origin.Repo)?.FindBranch(origin.Branch) is null)
            .Select(origin => $"branch {repo.Name}@{branch.Name}: computed from {origin}, which does not exist"));
        return twice.Concat(gone);
    }
}
