using System.Text;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>A dump of a PostgreSQL table, taken apart as <c>put-file --split sql</c> does it.</summary>
/// <param name="Header">All up to the line that begins with COPY.</param>
/// <param name="Rows">The lines of the table.</param>
/// <param name="Footer">All from the line that ends the table on.</param>
internal sealed record SqlDump(byte[] Header, IReadOnlyList<byte[]> Rows, byte[] Footer)
{
    private const string Copy = "COPY";
    private const string EndOfRows = "\\.\n";

    /// <exception cref="PachdError">There are no rows, or there is no end of them.</exception>
    public static SqlDump Of(IEnumerable<byte[]> lines)
    {
        var all = lines.Select(line => (Bytes: line, Text: Encoding.Latin1.GetString(line))).ToList();
        var copy = all.FindIndex(line => line.Text.StartsWith(Copy, StringComparison.Ordinal));
        if (copy < 0)
            throw new PachdError("invalid header - missing row inserts");

        var end = all.FindIndex(copy, line => line.Text == EndOfRows);
        if (end < 0)
            throw new PachdError("invalid pgdump - missing footer");

        return new SqlDump(Join(all[..(copy + 1)]), [.. all[(copy + 1)..end].Select(line => line.Bytes)], Join(all[end..]));
    }

    private static byte[] Join(IEnumerable<(byte[] Bytes, string Text)> lines) => [.. lines.SelectMany(line => line.Bytes)];
}
