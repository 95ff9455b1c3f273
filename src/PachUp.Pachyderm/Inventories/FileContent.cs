using System.Security.Cryptography;
using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Inventories;

/// <summary>What a file that was read end to end holds.</summary>
/// <param name="SizeBytes">How many bytes came.</param>
/// <param name="Sha256">SHA-256 of the bytes, in lower-case hex digits.</param>
public readonly record struct FileContent(long SizeBytes, string Sha256)
{
    /// <summary>Reads a file end to end; no more of it is in memory than a part.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="repo">The repo.</param>
    /// <param name="commitOrBranch">An id or a branch name.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PachdException">The server cannot give the file.</exception>
    public static Task<FileContent> ReadAsync(
        PachdClient client, string repo, string commitOrBranch, string path, CancellationToken cancellationToken = default) =>
        OfAsync(client.ReadFileAsync(repo, commitOrBranch, path, cancellationToken), cancellationToken);

    /// <summary>What the parts of a file hold together.</summary>
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
