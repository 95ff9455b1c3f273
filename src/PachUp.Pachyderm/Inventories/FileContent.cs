using System.Security.Cryptography;
using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Inventories;

/// <summary>The size and hash of a file that was read completely.</summary>
/// <param name="SizeBytes">The number of bytes.</param>
/// <param name="Sha256">The SHA-256 of the bytes, in lower-case hex digits.</param>
public readonly record struct FileContent(long SizeBytes, string Sha256)
{
    /// <summary>Reads a file completely. Only one part of it is in memory at a time.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="repo">The repo.</param>
    /// <param name="commitOrBranch">An id or a branch name.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PachdException">The server cannot read the file.</exception>
    public static Task<FileContent> ReadAsync(
        PachdClient client, string repo, string commitOrBranch, string path, CancellationToken cancellationToken = default) =>
        OfAsync(client.ReadFileAsync(repo, commitOrBranch, path, cancellationToken), cancellationToken);

    /// <summary>The size and hash of the parts of a file.</summary>
    /// <param name="parts">The parts, in order.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<FileContent> OfAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = 0L;
        await foreach (var part in parts.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            hash.AppendData(part.Span);
            size += part.Length;
        }

        return new FileContent(size, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }
}
