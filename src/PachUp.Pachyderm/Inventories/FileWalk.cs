using System.Runtime.CompilerServices;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using FileInfo = PachUp.Pachyderm.Wire.Pfs.FileInfo;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Lists the files of commits. What is held in memory is the largest directory, never the whole tree.</summary>
public static class FileWalk
{
    private const string Root = "/";

    /// <summary>All files of a commit, directory by directory, sorted by <see cref="ComparePaths"/>.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="repo">The repo.</param>
    /// <param name="commit">The id of the commit.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <exception cref="PachdException">The server cannot list a directory; the message names it.</exception>
    public static async IAsyncEnumerable<CommitFile> ListAllAsync(
        PachdClient client, string repo, string commit, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // An own stack and no recursion: directories can be deeper than nested iterators are fast.
        var open = new Stack<FileInfo>();
        await PushAsync(open, client, repo, commit, Root, cancellationToken).ConfigureAwait(false);
        while (open.TryPop(out var next))
        {
            if (next.FileType is FileType.Dir)
            {
                await PushAsync(open, client, repo, commit, PathOf(next), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                yield return new CommitFile(PathOf(next), (long)next.SizeBytes, Convert.ToHexStringLower(next.Hash.Span));
            }
        }
    }

    /// <summary>Whether a server can list what lies directly in the root of a commit: it reads the tree of the commit for that.</summary>
    /// <exception cref="PachdException">The server does not answer.</exception>
    public static async Task<bool> CanListAsync(PachdClient client, string repo, string commit, CancellationToken cancellationToken = default)
    {
        try
        {
            await ListAsync(client, repo, commit, Root, cancellationToken).AnyAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            return false;
        }
    }

    /// <summary>Which of two paths comes first: segment by segment, so that what is in a directory stays together.</summary>
    public static int ComparePaths(string left, string right) => string.CompareOrdinal(left.Replace('/', '\0'), right.Replace('/', '\0'));

    /// <summary>What lies directly in a directory; nothing where the commit is empty, which some releases call an error.</summary>
    internal static async IAsyncEnumerable<FileInfo> ListAsync(
        PachdClient client, string repo, string commit, string directory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var entries = client.ListFilesAsync(repo, commit, directory, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(entries, directory).ConfigureAwait(false))
        {
            yield return entries.Current;
        }
    }

    /// <summary>The path from the root; 1.7 leaves out the slash.</summary>
    internal static string PathOf(FileInfo file) => Root + file.File.Path.TrimStart('/');

    private static async Task PushAsync(
        Stack<FileInfo> open, PachdClient client, string repo, string commit, string directory, CancellationToken cancellationToken)
    {
        var entries = await ListAsync(client, repo, commit, directory, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var entry in entries.OrderByDescending(PathOf, StringComparer.Ordinal))
        {
            open.Push(entry);
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<FileInfo> entries, string directory)
    {
        try
        {
            return await entries.MoveNextAsync().ConfigureAwait(false);
        }
        catch (PachdException e) when (directory == Root && SaysThatThereIsNoFile(e))
        {
            return false;
        }
    }

    /// <summary>How some releases say that a commit is empty. A tree that cannot be found reads differently.</summary>
    private static bool SaysThatThereIsNoFile(PachdException error) =>
        error.Detail.StartsWith("file \"", StringComparison.Ordinal) && error.Detail.EndsWith("not found", StringComparison.Ordinal);
}

/// <summary>A file of a commit.</summary>
/// <param name="Path">Its path, from <c>/</c>.</param>
/// <param name="SizeBytes">Its size, as the server states it.</param>
/// <param name="Hash">The hash of its content in the tree, in lower-case hex digits. Of equal content it is equal, unless it was written in other pieces.</param>
public sealed record CommitFile(string Path, long SizeBytes, string Hash)
{
    /// <summary>SHA-256 of its bytes, in lower-case hex digits, where somebody has read them; null elsewhere.</summary>
    public string? Sha256 { get; init; }

    /// <summary>A digest of its lines that does not depend on their order, where its bytes were read and are text; null elsewhere.</summary>
    public string? Lines { get; init; }

    /// <summary>Why its bytes could not be read, where that was tried; null elsewhere.</summary>
    public string? Problem { get; init; }
}
