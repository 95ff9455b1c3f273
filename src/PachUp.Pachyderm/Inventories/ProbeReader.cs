using System.Globalization;
using System.Security.Cryptography;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using FileInfo = PachUp.Pachyderm.Wire.Pfs.FileInfo;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Finds one file of a commit, the same one whenever it is asked, and reads it end to end.</summary>
internal sealed class ProbeReader(PachdClient client, IProgress<string>? progress)
{
    private const int EntriesLookedAt = 1000;
    private const string Root = "/";

    /// <summary>Reads one file of a commit.</summary>
    /// <param name="repo">The repo.</param>
    /// <param name="head">The id of the commit.</param>
    /// <param name="branches">The branches whose head it is.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>One probe for each branch; none where the commit has no file.</returns>
    public async Task<IReadOnlyList<FileProbe>> ReadAsync(
        string repo, string head, IReadOnlyList<string> branches, CancellationToken cancellationToken)
    {
        if (await FindFileAsync(repo, head, cancellationToken).ConfigureAwait(false) is not { } path)
        {
            return [];
        }

        progress?.Report(string.Create(CultureInfo.InvariantCulture, $"reading {repo}@{branches[0]}:{path}"));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = 0L;
        await foreach (var part in client.ReadFileAsync(repo, head, path, cancellationToken).ConfigureAwait(false))
        {
            hash.AppendData(part.Span);
            size += part.Length;
        }

        var sha256 = Convert.ToHexStringLower(hash.GetCurrentHash());
        return [.. branches.Select(branch => new FileProbe(repo, branch, head, path, size, sha256))];
    }

    private async Task<string?> FindFileAsync(string repo, string head, CancellationToken cancellationToken)
    {
        string? found = null;
        for (var directory = Root; directory is not null && found is null;)
        {
            var entries = await ListAsync(repo, head, directory, cancellationToken).ConfigureAwait(false);
            directory = PathsOf(entries, FileType.Dir).FirstOrDefault();
            found = PathsOf(entries.Where(entry => entry.SizeBytes > 0 || directory is null), FileType.File).FirstOrDefault();
        }

        return found;
    }

    /// <summary>The paths of all entries of a kind: of files the smallest first, of directories the first by name.</summary>
    private static IEnumerable<string> PathsOf(IEnumerable<FileInfo> entries, FileType type) =>
        entries.Where(entry => entry.FileType == type)
            .OrderBy(entry => type is FileType.File ? entry.SizeBytes : 0)
            .ThenBy(PathOf, StringComparer.Ordinal)
            .Select(PathOf);

    private async Task<List<FileInfo>> ListAsync(string repo, string head, string directory, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ListFilesAsync(repo, head, directory, cancellationToken)
                .Take(EntriesLookedAt).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PachdException e) when (directory == Root && SaysThatThereIsNoFile(e))
        {
            return [];
        }
    }

    /// <summary>How some releases say that a commit is empty. A tree that cannot be found reads differently.</summary>
    private static bool SaysThatThereIsNoFile(PachdException error) =>
        error.Detail.StartsWith("file \"", StringComparison.Ordinal) && error.Detail.EndsWith("not found", StringComparison.Ordinal);

    /// <summary>The path from the root; 1.7 leaves out the slash.</summary>
    private static string PathOf(FileInfo file) => Root + file.File.Path.TrimStart('/');
}
