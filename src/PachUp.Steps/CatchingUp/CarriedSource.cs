using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Steps.CatchingUp;

/// <summary>The source as a pass carries it: without what the target makes itself.</summary>
internal static class CarriedSource
{
    /// <summary>
    /// The source without new ticks of cron inputs. If output was carried unchanged, it stays as it was: the target computes new output, because it gets the
    /// new input.
    /// </summary>
    /// <param name="before">The source as it was carried so far.</param>
    /// <param name="now">The source now.</param>
    /// <param name="outputs">What happens to the output of pipelines.</param>
    public static ClusterInventory Of(ClusterInventory before, ClusterInventory now, OutputChoice outputs)
    {
        var roles = new SourceRoles(before, now);
        return now with
        {
            Repos = [.. now.Repos.Select(repo => roles.IsForTicks(repo.Name) || (outputs == OutputChoice.Keep && roles.IsOutput(repo.Name)) ? AsBefore(before, repo) : repo)],
        };
    }

    /// <summary>The part of a source that was written late, for reading its files.</summary>
    /// <param name="source">The source.</param>
    /// <param name="late">The late writes.</param>
    public static ClusterInventory LatePartOf(ClusterInventory source, LateWriteReport late)
    {
        var names = late.Writes.Where(write => write.Kind != LateWriteKind.Removed).Select(write => (write.Item.Kind, write.Item.Name)).ToHashSet();
        return source with
        {
            Pipelines = [],
            Repos = [.. source.Repos.Select(repo => LatePartOf(repo, names)).Where(repo => repo.Branches.Length + repo.Commits.Length > 0)],
        };
    }

    /// <summary>A source with the files of its late part, and with the files that were read before of everything else.</summary>
    /// <param name="source">The source.</param>
    /// <param name="late">Its late part, with files.</param>
    /// <param name="before">The source as it was carried so far.</param>
    public static ClusterInventory WithFiles(ClusterInventory source, ClusterInventory late, ClusterInventory before)
    {
        var kept = before.Probes.Where(probe => source.FindRepo(probe.Repo)?.FindBranch(probe.Branch)?.Head == probe.Commit);
        return source with
        {
            Probes = [.. kept.Concat(late.Probes).DistinctBy(probe => (probe.Repo, probe.Branch)).OrderBy(probe => new BranchName(probe.Repo, probe.Branch))],
            Headers = Merge(before.Headers, late.Headers),
            Objects = before.Objects,
            Tags = before.Tags,
        };
    }

    private static RepoInventory AsBefore(ClusterInventory before, RepoInventory repo) => before.FindRepo(repo.Name) ?? repo with { Branches = [], Commits = [] };

    private static RepoInventory LatePartOf(RepoInventory repo, HashSet<(ItemKind Kind, string Name)> names)
    {
        ImmutableArray<BranchInventory> branches = [.. repo.Branches.Where(branch => names.Contains((ItemKind.Branch, $"{repo.Name}@{branch.Name}")))];
        var heads = branches.Select(branch => branch.Head).ToHashSet(StringComparer.Ordinal);
        return repo with
        {
            Branches = branches,
            Commits = [.. repo.Commits.Where(commit => heads.Contains(commit.Id) || names.Contains((ItemKind.Commit, $"{repo.Name}@{commit.Id}")))],
        };
    }

    private static HeaderSurvey? Merge(HeaderSurvey? before, HeaderSurvey? late) => (before, late) switch
    {
        (null, _) => late,
        (_, null) => before,
        _ => new HeaderSurvey
        {
            Directories = [.. before.Directories.Union(late.Directories).OrderBy(directory => directory.ToString(), StringComparer.Ordinal)],
            Commits = [.. before.Commits.Union(late.Commits).OrderBy(commit => commit.Repo, StringComparer.Ordinal).ThenBy(commit => commit.Commit, StringComparer.Ordinal)],
            TreesLookedAt = before.TreesLookedAt + late.TreesLookedAt,
            Trees = before.Trees + late.Trees,
        },
    };
}
