using System.Text;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>The dump of a PostgreSQL table, split as by <c>put-file --split sql</c>.</summary>
/// <param name="Header">Everything up to and including the COPY line.</param>
/// <param name="Rows">The lines of the table.</param>
/// <param name="Footer">Everything from the line that ends the table.</param>
internal sealed record SqlDump(byte[] Header, IReadOnlyList<byte[]> Rows, byte[] Footer)
{
    private const string Copy = "COPY";
    private const string EndOfRows = "\\.\n";

    /// <exception cref="PachdError">The dump has no rows, or their end is missing.</exception>
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
