using System.Runtime.CompilerServices;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using FileInfo = PachUp.Pachyderm.Wire.Pfs.FileInfo;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Lists the files of commits. Only the entries of the current directories are in memory, never the whole tree.</summary>
public static class FileWalk
{
    private const string Root = "/";

    /// <summary>All files of a commit, directory by directory, sorted by <see cref="ComparePaths"/>.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="repo">The repo.</param>
    /// <param name="commit">The id of the commit.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <exception cref="PachdException">The server cannot list a directory. The message names it.</exception>
    public static IAsyncEnumerable<CommitFile> ListAllAsync(
        PachdClient client, string repo, string commit, CancellationToken cancellationToken = default) =>
        WalkAsync(client, repo, commit, withContent: false, cancellationToken)
            .Select(file => new CommitFile(PathOf(file), (long)file.SizeBytes, Convert.ToHexStringLower(file.Hash.Span)));

    /// <summary>All files of a commit, each with the objects and blocks that hold its content.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="repo">The repo.</param>
    /// <param name="commit">The id of the commit, or a branch.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <exception cref="PachdException">The server cannot list a directory. The message names it.</exception>
    public static IAsyncEnumerable<StoredFile> ListContentAsync(
        PachdClient client, string repo, string commit, CancellationToken cancellationToken = default) =>
        WalkAsync(client, repo, commit, withContent: true, cancellationToken).Select(file => new StoredFile(
            PathOf(file),
            [.. file.Objects.Select(stored => stored.Hash)],
            [.. file.BlockRefs.Select(part => new BlockPart(part.Block?.Hash ?? "", (long)(part.Range?.Upper ?? 0)))]));

    private static async IAsyncEnumerable<FileInfo> WalkAsync(
        PachdClient client, string repo, string commit, bool withContent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // This uses a stack instead of recursion, because nested iterators are slow in deep directories.
        var open = new Stack<FileInfo>();
        await PushAsync(open, client, repo, commit, Root, withContent, cancellationToken).ConfigureAwait(false);
        while (open.TryPop(out var next))
        {
            if (next.FileType is FileType.Dir)
            {
                await PushAsync(open, client, repo, commit, PathOf(next), withContent, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                yield return next;
            }
        }
    }

    /// <summary>Whether a server can list the root of a commit. To do this, it reads the tree of the commit.</summary>
    /// <exception cref="PachdException">The server does not answer.</exception>
    public static async Task<bool> CanListAsync(PachdClient client, string repo, string commit, CancellationToken cancellationToken = default)
    {
        try
        {
            await ListAsync(client, repo, commit, Root, withContent: false, cancellationToken).AnyAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            return false;
        }
    }

    /// <summary>Compares two paths segment by segment, so that the files of a directory stay together.</summary>
    public static int ComparePaths(string left, string right) => string.CompareOrdinal(left.Replace('/', '\0'), right.Replace('/', '\0'));

    /// <summary>The direct entries of a directory; nothing for an empty commit, for which some releases return an error.</summary>
    internal static async IAsyncEnumerable<FileInfo> ListAsync(
        PachdClient client, string repo, string commit, string directory, bool withContent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listing = withContent
            ? client.ListFilesWithContentAsync(repo, commit, directory, cancellationToken)
            : client.ListFilesAsync(repo, commit, directory, cancellationToken);
        await using var entries = listing.GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(entries, directory).ConfigureAwait(false))
        {
            yield return entries.Current;
        }
    }

    /// <summary>The path from the root. Releases of 1.7 omit the first slash.</summary>
    internal static string PathOf(FileInfo file) => Root + file.File.Path.TrimStart('/');

    private static async Task PushAsync(
        Stack<FileInfo> open, PachdClient client, string repo, string commit, string directory, bool withContent, CancellationToken cancellationToken)
    {
        var entries = await ListAsync(client, repo, commit, directory, withContent, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>Whether an error means that the commit is empty. A missing tree gives another error.</summary>
    private static bool SaysThatThereIsNoFile(PachdException error) =>
        error.Detail.StartsWith("file \"", StringComparison.Ordinal) && error.Detail.EndsWith("not found", StringComparison.Ordinal);
}

/// <summary>A file of a commit.</summary>
/// <param name="Path">The path, from <c>/</c>.</param>
/// <param name="SizeBytes">The size in bytes, according to the server.</param>
/// <param name="Hash">The hash in the tree, in lower-case hex digits. Equal content has the same hash if it was written in the same pieces.</param>
public sealed record CommitFile(string Path, long SizeBytes, string Hash)
{
    /// <summary>The SHA-256 of its bytes, in lower-case hex digits; null if the file was not read.</summary>
    public string? Sha256 { get; init; }

    /// <summary>A hash of its lines that does not depend on their order; null if the file was not read or is not text.</summary>
    public string? Lines { get; init; }

    /// <summary>Why the file could not be read; null if it was read or not tried.</summary>
    public string? Problem { get; init; }
}
