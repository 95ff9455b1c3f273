using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using FileInfo = PachUp.Pachyderm.Wire.Pfs.FileInfo;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Selects one file of a commit, always the same file, and reads it completely.</summary>
/// <param name="client">The cluster.</param>
/// <param name="read">Counts the commits.</param>
internal sealed class ProbeReader(PachdClient client, ItemCount read)
{
    private const int EntriesLookedAt = 1000;

    /// <summary>Reads one file of a commit.</summary>
    /// <param name="repo">The repo.</param>
    /// <param name="head">The id of the commit.</param>
    /// <param name="branches">The branches whose head it is.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>One probe for each branch; none if the commit has no file.</returns>
    public async Task<IReadOnlyList<FileProbe>> ReadAsync(
        string repo, string head, IReadOnlyList<string> branches, CancellationToken cancellationToken)
    {
        var probes = await TryReadAsync(repo, head, branches, cancellationToken).ConfigureAwait(false);
        read.Add();
        return probes;
    }

    private async Task<IReadOnlyList<FileProbe>> TryReadAsync(
        string repo, string head, IReadOnlyList<string> branches, CancellationToken cancellationToken)
    {
        if (await FindFileAsync(repo, head, cancellationToken).ConfigureAwait(false) is not { } path)
        {
            return [];
        }

        var content = await FileContent.ReadAsync(client, repo, head, path, cancellationToken).ConfigureAwait(false);
        return [.. branches.Select(branch => new FileProbe(repo, branch, head, path, content.SizeBytes, content.Sha256))];
    }

    private async Task<string?> FindFileAsync(string repo, string head, CancellationToken cancellationToken)
    {
        string? found = null;
        for (var directory = "/"; directory is not null && found is null;)
        {
            var entries = await FileWalk.ListAsync(client, repo, head, directory, withContent: false, cancellationToken)
                .Take(EntriesLookedAt).ToListAsync(cancellationToken).ConfigureAwait(false);
            directory = PathsOf(entries, FileType.Dir).FirstOrDefault();
            found = PathsOf(entries.Where(entry => entry.SizeBytes > 0 || directory is null), FileType.File).FirstOrDefault();
        }

        return found;
    }

    /// <summary>The paths of all entries of a type: files by size, directories by name.</summary>
    private static IEnumerable<string> PathsOf(IEnumerable<FileInfo> entries, FileType type) =>
        entries.Where(entry => entry.FileType == type)
            .OrderBy(entry => type is FileType.File ? entry.SizeBytes : 0)
            .ThenBy(FileWalk.PathOf, StringComparer.Ordinal)
            .Select(FileWalk.PathOf);
}
