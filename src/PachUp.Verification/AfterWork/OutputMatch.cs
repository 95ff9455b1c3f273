using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// The commit of the target that was computed from the same input commits as an output head of the source. Output commits get new ids.
/// </summary>
/// <param name="Head">The head of the source.</param>
internal sealed record OutputMatch(OutputHead Head)
{
    /// <summary>The id of the commit; null if there is none.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether the workers have not finished it yet.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether it was finished with a list of files.</summary>
    public bool HasFiles { get; init; }

    /// <summary>Why it cannot be compared now; null if it can.</summary>
    public Obstacle? Obstacle { get; init; }

    /// <summary>Whether the workers may still finish it.</summary>
    public bool IsWaitedFor => IsOpen && Obstacle is null;

    /// <summary>Finds the commit.</summary>
    /// <param name="head">The head of the source.</param>
    /// <param name="target">The inventory of the target.</param>
    public static OutputMatch Find(OutputHead head, ClusterInventory target)
    {
        var match = new OutputMatch(head);
        if (head.Kind == OutputKind.Outside)
        {
            return match with { Obstacle = Obstacle.Harmless("it comes from or goes to a place outside the cluster (a spout or a service), so it cannot be compared") };
        }

        if (head.Problem is { } problem)
        {
            return match with { Obstacle = Obstacle.Harmless($"the source could not list its files: {problem}") };
        }

        if (target.FindRepo(head.Pipeline) is not { } repo || target.FindPipeline(head.Pipeline) is null)
        {
            return match with { Obstacle = Obstacle.Harmless("the target has no such pipeline") };
        }

        return FindCommit(head, repo, target) is { } commit
            ? match with { Commit = commit.Id, IsOpen = commit.IsOpen, HasFiles = OutputHead.HasTree(commit) }
            : match with { Obstacle = WhyNone(head, target) };
    }

    private static CommitInventory? FindCommit(OutputHead head, RepoInventory repo, ClusterInventory target)
    {
        var heads = repo.Branches.Select(branch => branch.Head).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return repo.Commits
            .Where(commit => commit.Id == head.Commit || IsOfSameInputs(commit, head, target))
            .OrderByDescending(commit => heads.Contains(commit.Id))
            .ThenByDescending(commit => commit.Started)
            .FirstOrDefault();
    }

    private static bool IsOfSameInputs(CommitInventory commit, OutputHead head, ClusterInventory target) =>
        OutputHead.IsStats(head.Pipeline, commit) == (head.Kind == OutputKind.Stats)
        && OutputHead.InputsOf(target, commit).SequenceEqual(head.Inputs, StringComparer.Ordinal);

    /// <summary>If newer input commits have arrived, output for the old ones together need not exist; otherwise it is missing.</summary>
    private static Obstacle WhyNone(OutputHead head, ClusterInventory target)
    {
        var heads = target.Repos
            .SelectMany(repo => repo.Branches.Where(branch => branch.Head is not null).Select(branch => $"{repo.Name}@{branch.Head}"))
            .ToHashSet(StringComparer.Ordinal);
        var others = head.Inputs.Where(input => !heads.Contains(input)).ToList();
        return others.Count > 0
            ? Obstacle.Harmless($"the inputs have newer commits now, so there is no output for the old ones: {Words.FirstOf(others)} "
                + $"{(others.Count == 1 ? "is" : "are")} no head any more")
            : Obstacle.Open("the target has no output commit for these inputs");
    }
}

/// <summary>Why output cannot be compared.</summary>
/// <param name="Why">The reason.</param>
/// <param name="IsHarmless">Whether no output had to be expected.</param>
internal sealed record Obstacle(string Why, bool IsHarmless)
{
    /// <summary>The output cannot be compared, and need not be.</summary>
    public static Obstacle Harmless(string why) => new(why, IsHarmless: true);

    /// <summary>The output cannot be compared yet.</summary>
    public static Obstacle Open(string why) => new(why, IsHarmless: false);
}
