using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace PachUp.Steps.Reloading;

/// <summary>Counts and hashes the content of a file while it is read. It can be read once.</summary>
internal sealed class HashedContent(IAsyncEnumerable<ReadOnlyMemory<byte>> content) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    /// <summary>The content.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var part in content.WithCancellation(cancellationToken))
        {
            _hash.AppendData(part.Span);
            _bytes += part.Length;
            yield return part;
        }
    }

    /// <summary>The facts about the content that was read, as those of the file at a path.</summary>
    public LoadedFile As(string path) => new(path, _bytes, Convert.ToHexStringLower(_hash.GetCurrentHash()));

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
