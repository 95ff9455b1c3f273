using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// A digest of the lines of a text that does not depend on their order. If many datums write to one file, workers append their parts in a different
/// order each time. The digest is a sum of hashes, so only the current line is in memory.
/// </summary>
internal sealed class LineDigest : IDisposable
{
    private const byte LineEnd = (byte)'\n';
    private const byte NotInText = 0;

    private readonly IncrementalHash _line = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private UInt128 _sum;
    private bool _isInLine;
    private bool _isText = true;

    /// <summary>Takes the next part of the content.</summary>
    public void Append(ReadOnlySpan<byte> part)
    {
        _isText = _isText && !part.Contains(NotInText);
        if (!_isText)
        {
            return;
        }

        while (part.IndexOf(LineEnd) is >= 0 and var end)
        {
            _line.AppendData(part[..end]);
            EndLine();
            part = part[(end + 1)..];
        }

        _line.AppendData(part);
        _isInLine |= !part.IsEmpty;
    }

    /// <summary>The digest of the whole content; null if the content is not text.</summary>
    public string? End()
    {
        if (_isInLine)
        {
            EndLine();
        }

        return _isText ? _sum.ToString("x32", CultureInfo.InvariantCulture) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    private void EndLine()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _line.GetHashAndReset(hash);
        _sum = unchecked(_sum + BinaryPrimitives.ReadUInt128BigEndian(hash));
        _isInLine = false;
    }
}
