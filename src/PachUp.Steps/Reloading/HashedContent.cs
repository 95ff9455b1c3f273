using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace PachUp.Steps.Reloading;

/// <summary>The content of a file as it passes, with its size and hash when it has passed. To be read once.</summary>
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

    /// <summary>What has passed, as the file of a path.</summary>
    public LoadedFile As(string path) => new(path, _bytes, Convert.ToHexStringLower(_hash.GetCurrentHash()));

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
