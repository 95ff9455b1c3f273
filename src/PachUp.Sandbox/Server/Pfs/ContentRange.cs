namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Cuts content to a range, and its parts to the size of pachd's messages.</summary>
internal static class ContentRange
{
    /// <summary>The size of pachd's copy buffers, in bytes.</summary>
    public const int PartBytes = 2 * 1024 * 1024;

    /// <param name="parts">The content.</param>
    /// <param name="offset">Bytes to skip.</param>
    /// <param name="size">Bytes to return; zero for all.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Cut(IEnumerable<ReadOnlyMemory<byte>> parts, long offset, long size)
    {
        var left = size > 0 ? size : long.MaxValue;
        foreach (var part in parts)
        {
            var skipped = (int)Math.Min(offset, part.Length);
            offset -= skipped;
            var rest = part[skipped..];
            rest = rest[..(int)Math.Min(left, rest.Length)];
            left -= rest.Length;
            foreach (var piece in Pieces(rest))
            {
                yield return piece;
            }
        }
    }

    public static IEnumerable<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> content)
    {
        for (; !content.IsEmpty; content = content[Math.Min(PartBytes, content.Length)..])
        {
            yield return content[..Math.Min(PartBytes, content.Length)];
        }
    }
}
