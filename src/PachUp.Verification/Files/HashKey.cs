using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>The start of a SHA-512 hash: 16 bytes that stand for a text. Two texts share one practically never.</summary>
internal static class HashKey
{
    /// <summary>How many bytes a key has.</summary>
    public const int Bytes = 16;

    /// <summary>The key of a text.</summary>
    public static UInt128 Of(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA512.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The key of a file's content.</summary>
    public static UInt128 Of(CommitFile file) => Of($"{file.Hash} {file.SizeBytes}");
}
