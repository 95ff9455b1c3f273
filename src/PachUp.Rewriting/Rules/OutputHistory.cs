using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// The commits of an output repo that can be carried. Commits that are open or have no files cannot. Their children get the nearest carried ancestor
/// as parent, because output does not depend on its parent.
/// </summary>
/// <param name="repo">The repo.</param>
/// <param name="cannotTravel">Selects the commits that cannot be carried.</param>
internal sealed class OutputHistory(RepoInventory repo, Func<CommitInventory, bool> cannotTravel)
{
    private readonly Dictionary<string, CommitInventory> _gone = repo.Commits.Where(cannotTravel).ToDictionary(commit => commit.Id);

    /// <summary>Whether a commit is open or has no files.</summary>
    public static bool IsOpenOrTreeless(CommitInventory commit) => commit.IsOpen || (commit.Tree is null && commit.Trees.IsEmpty);

    /// <summary>The repo with the commits that can be carried.</summary>
    public RepoInventory Shorten() => _gone.Count == 0
        ? repo
        : repo with
        {
            Commits = [.. repo.Commits.Where(commit => !_gone.ContainsKey(commit.Id)).Select(commit => commit with { Parent = Nearest(commit.Parent) })],
            Branches = [.. repo.Branches.Select(branch => branch with { Head = Nearest(branch.Head) })],
        };

    /// <summary>The announcements about the others.</summary>
    public IEnumerable<AnnouncedChange> Announcements(PipelineInventory pipeline) =>
    [
        .. _gone.Values.OrderBy(commit => commit.Id, StringComparer.Ordinal).Select(commit => Announcement(commit, pipeline)),
        .. repo.Commits.Where(IsHungElsewhere).Select(commit => new AnnouncedChange(
            ChangeKind.Changed,
            Items.Commit(repo.Name, commit.Id, $"parent {commit.Parent} -> {Nearest(commit.Parent) ?? "none"}"),
            TreelessCommits.TreelessCommit,
            "its parent is left out")),
    ];

    private bool IsHungElsewhere(CommitInventory commit) => !_gone.ContainsKey(commit.Id) && commit.Parent is { } parent && _gone.ContainsKey(parent);

    private AnnouncedChange Announcement(CommitInventory commit, PipelineInventory pipeline) => commit.IsOpen
        ? OutputRepos.ReplacedByNewCommit(repo.Name, commit, pipeline)
        : new AnnouncedChange(
            ChangeKind.LeftOut,
            Items.Commit(repo.Name, commit.Id),
            TreelessCommits.TreelessCommit,
            "it was finished without files, like the output of a failed job, and a restore would open it again");

    private string? Nearest(string? id)
    {
        while (id is not null && _gone.TryGetValue(id, out var gone))
        {
            id = gone.Parent;
        }

        return id;
    }
}
