using System.Globalization;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// Finds the directories whose files share a header or a footer. No message shows them; but 1.7 answers GetFile of a directory with the header and
/// footer of it and of those above it, and with an error where there are none.
/// </summary>
internal sealed class HeaderReader(PachdClient client, IProgress<string>? progress)
{
    private const int DirectoriesAtMost = 10_000;
    private const string Root = "/";

    private readonly List<HeadedDirectory> _found = [];
    private int _directories;

    /// <summary>Looks at the trees of all commits, those of branch heads first; equal trees once.</summary>
    public async Task<HeaderSurvey> ReadAsync(ClusterInventory cluster, CancellationToken cancellationToken)
    {
        var trees = cluster.Repos.SelectMany(CommitsOf).GroupBy(commit => commit.Commit.Tree).OrderByDescending(tree => tree.Any(commit => commit.IsHead)).ToList();
        var lookedAt = 0;
        foreach (var tree in trees.TakeWhile(_ => _directories < DirectoriesAtMost))
        {
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"looking for headers and footers: {lookedAt + 1} of {trees.Count} trees"));
            var commits = tree.ToList();
            var headed = await ReadTreeAsync(commits[0].Repo, commits[0].Commit.Id, cancellationToken).ConfigureAwait(false);
            _found.AddRange(commits.SelectMany(commit => headed.Select(directory =>
                new HeadedDirectory(commit.Repo, commit.Commit.Id, directory.Path, directory.Bytes))));
            lookedAt++;
        }

        return new HeaderSurvey
        {
            Directories =
            [
                .. _found.OrderBy(directory => directory.Repo, StringComparer.Ordinal)
                    .ThenBy(directory => directory.Commit, StringComparer.Ordinal)
                    .ThenBy(directory => directory.Path, StringComparer.Ordinal),
            ],
            TreesLookedAt = lookedAt,
            Trees = trees.Count,
        };
    }

    private static IEnumerable<(string Repo, CommitInventory Commit, bool IsHead)> CommitsOf(RepoInventory repo)
    {
        var heads = repo.Branches.Select(branch => branch.Head).ToHashSet(StringComparer.Ordinal);
        return repo.Commits.Where(commit => commit is { IsOpen: false, Tree: not null }).Select(commit => (repo.Name, commit, heads.Contains(commit.Id)));
    }

    private async Task<List<(string Path, long Bytes)>> ReadTreeAsync(string repo, string commit, CancellationToken cancellationToken)
    {
        var found = new List<(string, long)>();
        var open = new Stack<(string Path, long TextAbove)>([(Root, 0)]);
        while (open.TryPop(out var next))
        {
            // The root cannot have any, and is asked for none.
            var text = next.Path == Root ? 0 : await ReadTextAsync(repo, commit, next.Path, cancellationToken).ConfigureAwait(false);
            if (text > next.TextAbove)
            {
                found.Add((next.Path, text - next.TextAbove));
            }

            await foreach (var directory in DirectoriesInAsync(repo, commit, next.Path, cancellationToken).ConfigureAwait(false))
            {
                open.Push((directory, text));
            }
        }

        return found;
    }

    /// <summary>The directories in one; none where the server cannot list it, which is reported elsewhere.</summary>
    private async IAsyncEnumerable<string> DirectoriesInAsync(
        string repo, string commit, string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<string> directories;
        try
        {
            directories = await FileWalk.ListAsync(client, repo, commit, path, cancellationToken)
                .Where(entry => entry.FileType is FileType.Dir).Select(FileWalk.PathOf).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Refused)
        {
            yield break;
        }

        foreach (var directory in directories)
        {
            yield return directory;
        }
    }

    /// <summary>How long header and footer of a directory are, with those above it.</summary>
    private async Task<long> ReadTextAsync(string repo, string commit, string path, CancellationToken cancellationToken)
    {
        _directories++;
        try
        {
            return (await FileContent.ReadAsync(client, repo, commit, path, cancellationToken).ConfigureAwait(false)).SizeBytes;
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Refused)
        {
            return 0;
        }
    }
}
