using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using FileInfo = PachUp.Pachyderm.Wire.Pfs.FileInfo;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// Finds the directories whose files share a header or a footer. No message has them. But in 1.7, GetFile of a directory returns the header and
/// footer of the directory and of its parents, or an error if there are none.
/// </summary>
internal sealed class HeaderReader(PachdClient client, IProgress<InventoryProgress>? progress)
{
    private const int DirectoriesAtMost = 10_000;
    private const string Root = "/";

    private readonly List<HeadedDirectory> _directories = [];
    private readonly List<HeadedCommit> _commits = [];
    private int _asked;

    /// <summary>Reads the trees of all commits, the trees of branch heads first. Equal trees are read once.</summary>
    public async Task<HeaderSurvey> ReadAsync(ClusterInventory cluster, CancellationToken cancellationToken)
    {
        var trees = cluster.Repos.SelectMany(CommitsOf).GroupBy(commit => commit.Commit.Tree).OrderByDescending(tree => tree.Any(commit => commit.IsHead)).ToList();
        var lookedAt = 0;
        foreach (var tree in trees.TakeWhile(_ => _asked < DirectoriesAtMost))
        {
            progress?.Report(new InventoryProgress("searching headers and footers", lookedAt, trees.Count, "trees"));
            var commits = tree.Select(commit => (commit.Repo, commit.Commit.Id)).ToList();
            Keep(commits, await ReadTreeAsync(commits[0].Repo, commits[0].Id, cancellationToken).ConfigureAwait(false));
            lookedAt++;
        }

        return new HeaderSurvey
        {
            Directories =
            [
                .. _directories.OrderBy(directory => directory.Repo, StringComparer.Ordinal)
                    .ThenBy(directory => directory.Commit, StringComparer.Ordinal)
                    .ThenBy(directory => directory.Path, StringComparer.Ordinal),
            ],
            Commits =
            [
                .. _commits.OrderBy(commit => commit.Repo, StringComparer.Ordinal).ThenBy(commit => commit.Commit, StringComparer.Ordinal),
            ],
            TreesLookedAt = lookedAt,
            Trees = trees.Count,
        };
    }

    private void Keep(IReadOnlyList<(string Repo, string Id)> commits, HeadedTree tree)
    {
        if (tree.Directories.Count > 0)
        {
            _commits.AddRange(commits.Select(commit => new HeadedCommit(commit.Repo, commit.Id, tree.FileBytes)));
            _directories.AddRange(commits.SelectMany(commit => tree.Directories.Select(directory =>
                new HeadedDirectory(commit.Repo, commit.Id, directory.Path, directory.Bytes))));
        }
    }

    private static IEnumerable<(string Repo, CommitInventory Commit, bool IsHead)> CommitsOf(RepoInventory repo)
    {
        var heads = repo.Branches.Select(branch => branch.Head).ToHashSet(StringComparer.Ordinal);
        return repo.Commits.Where(commit => commit is { IsOpen: false, Tree: not null }).Select(commit => (repo.Name, commit, heads.Contains(commit.Id)));
    }

    private async Task<HeadedTree> ReadTreeAsync(string repo, string commit, CancellationToken cancellationToken)
    {
        var found = new List<(string, long)>();
        var fileBytes = 0L;
        var open = new Stack<(string Path, long TextAbove)>([(Root, 0)]);
        while (open.TryPop(out var next))
        {
            // The root cannot have a header or footer.
            var text = next.Path == Root ? 0 : await ReadTextAsync(repo, commit, next.Path, cancellationToken).ConfigureAwait(false);
            if (text > next.TextAbove)
            {
                found.Add((next.Path, text - next.TextAbove));
            }

            foreach (var entry in await ListAsync(repo, commit, next.Path, cancellationToken).ConfigureAwait(false))
            {
                if (entry.FileType is FileType.Dir)
                {
                    open.Push((FileWalk.PathOf(entry), text));
                }
                else
                {
                    fileBytes += (long)entry.SizeBytes;
                }
            }
        }

        return new HeadedTree(found, fileBytes);
    }

    /// <summary>The entries of a directory; nothing if the server cannot list it, which is reported elsewhere.</summary>
    private async Task<List<FileInfo>> ListAsync(string repo, string commit, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await FileWalk.ListAsync(client, repo, commit, path, withContent: false, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Refused)
        {
            return [];
        }
    }

    /// <summary>The length of header and footer of a directory and its parents, in bytes.</summary>
    private async Task<long> ReadTextAsync(string repo, string commit, string path, CancellationToken cancellationToken)
    {
        _asked++;
        try
        {
            return (await FileContent.ReadAsync(client, repo, commit, path, cancellationToken).ConfigureAwait(false)).SizeBytes;
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Refused)
        {
            return 0;
        }
    }

    private sealed record HeadedTree(List<(string Path, long Bytes)> Directories, long FileBytes);
}
