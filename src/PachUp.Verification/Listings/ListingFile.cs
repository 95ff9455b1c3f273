using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using PachUp.Common.Files;
using PachUp.Verification.Files;

namespace PachUp.Verification.Listings;

/// <summary>A listed object or tag.</summary>
/// <param name="Key">The start of a SHA-512 hash. In practice two things never share one.</param>
/// <param name="Name">How people find it again; null if the file does not tell.</param>
internal readonly record struct ListedItem(UInt128 Key, string? Name);

/// <summary>
/// A file with the keys of objects or tags, 16 bytes each. The key of an object is the start of its own hash, which names it. After the key of a tag
/// follows its name. Both forms begin with a mark; a file of an older version has none, and only keys that are hashes of names.
/// </summary>
internal sealed class ListingFile
{
    private static readonly UInt128 ObjectMark = BinaryPrimitives.ReadUInt128BigEndian("pachup-hashes-02"u8);
    private static readonly UInt128 TagMark = BinaryPrimitives.ReadUInt128BigEndian("pachup-tags---03"u8);
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string _path;
    private readonly UInt128? _mark;

    private ListingFile(string path, UInt128? mark) => (_path, _mark) = (path, mark);

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ListingFile Open(string path)
    {
        using var file = new BinaryReader(ReadFile.Open(path));
        return new ListingFile(path, TryReadKey(file));
    }

    /// <summary>Whether the keys of objects are the starts of their hashes, not of the hashes of those.</summary>
    public bool HasObjectNames => _mark == ObjectMark;

    /// <summary>Reads everything that is in the file.</summary>
    /// <exception cref="EndOfStreamException">The file is damaged.</exception>
    public IEnumerable<ListedItem> Read()
    {
        using var file = new BinaryReader(new BufferedStream(ReadFile.Open(_path)));
        Func<UInt128, string?> nameOf = _mark switch
        {
            var mark when mark == ObjectMark => NameOfObject,
            var mark when mark == TagMark => _ => ReadName(file),
            _ => _ => null,
        };
        file.BaseStream.Position = _mark == ObjectMark || _mark == TagMark ? HashKey.Bytes : 0;
        while (TryReadKey(file) is { } key)
        {
            yield return new ListedItem(key, nameOf(key));
        }
    }

    /// <summary>Writes the keys of objects, and returns how many there are.</summary>
    public static Task<long> WriteObjectsAsync(string path, IAsyncEnumerable<UInt128> keys, CancellationToken cancellationToken) =>
        WriteAsync(path, ObjectMark, keys, WriteKey, cancellationToken);

    /// <summary>Writes the keys and names of tags, and returns how many there are.</summary>
    public static Task<long> WriteTagsAsync(string path, IAsyncEnumerable<ListedItem> tags, CancellationToken cancellationToken) => WriteAsync(
        path,
        TagMark,
        tags,
        (file, tag) =>
        {
            WriteKey(file, tag.Key);
            WriteName(file, tag.Name!);
        },
        cancellationToken);

    private static async Task<long> WriteAsync<T>(
        string path, UInt128 mark, IAsyncEnumerable<T> items, Action<BinaryWriter, T> write, CancellationToken cancellationToken)
    {
        var count = 0L;
        await PrivateFile.ReplaceAsync(path, async stream =>
        {
            var buffered = new BufferedStream(stream);
            await using var file = new BinaryWriter(buffered, Encoding.UTF8, leaveOpen: true);
            WriteKey(file, mark);
            await foreach (var item in items.WithCancellation(cancellationToken))
            {
                write(file, item);
                count++;
            }
        });
        return count;
    }

    /// <summary>Names of tags are mostly hex digits, of which two fit into a byte.</summary>
    private static void WriteName(BinaryWriter file, string name)
    {
        var end = name.AsSpan().IndexOfAnyExcept(HexDigits);
        var digits = Math.Min(end < 0 ? name.Length : end, 2 * byte.MaxValue) & ~1;
        file.Write((byte)(digits / 2));
        file.Write(Convert.FromHexString(name.AsSpan(0, digits)));
        file.Write(name[digits..]);
    }

    private static string ReadName(BinaryReader file) => Convert.ToHexStringLower(file.ReadBytes(file.ReadByte())) + file.ReadString();

    private static string NameOfObject(UInt128 key) => key.ToString("x32", CultureInfo.InvariantCulture) + "...";

    private static UInt128? TryReadKey(BinaryReader file)
    {
        Span<byte> bytes = stackalloc byte[HashKey.Bytes];
        return file.BaseStream.ReadAtLeast(bytes, HashKey.Bytes, throwOnEndOfStream: false) == HashKey.Bytes ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : null;
    }

    private static void WriteKey(BinaryWriter file, UInt128 key)
    {
        Span<byte> bytes = stackalloc byte[HashKey.Bytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
        file.Write(bytes);
    }
}
