namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Cuts a row of parts to a range, and each part to what fits into the messages that pachd sends.</summary>
internal static class ContentRange
{
    /// <summary>The size of the buffers that pachd copies content with, in bytes.</summary>
    public const int PartBytes = 2 * 1024 * 1024;

    /// <param name="parts">The content.</param>
    /// <param name="offset">Bytes to leave out at the beginning.</param>
    /// <param name="size">Bytes to give; zero for all.</param>
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
