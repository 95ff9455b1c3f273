using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>The start of a SHA-512 hash: 16 bytes that identify a text. In practice two texts never share one.</summary>
internal static class HashKey
{
    /// <summary>The number of bytes of a key.</summary>
    public const int Bytes = 16;

    private const int HexDigits = 2 * Bytes;

    /// <summary>The key of a text.</summary>
    public static UInt128 Of(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA512.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The key of an object: the first 16 bytes of its hash.</summary>
    /// <param name="hash">The hash in hex digits, as the server lists it.</param>
    public static UInt128 OfObject(string hash) =>
        hash.Length >= HexDigits && UInt128.TryParse(hash.AsSpan(0, HexDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key) ? key : Of(hash);

    /// <summary>The key of a file's content.</summary>
    public static UInt128 Of(CommitFile file) => Of($"{file.Hash} {file.SizeBytes}");
}
