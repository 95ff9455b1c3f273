using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PachUp.Common.Files;

namespace PachUp.Engine.Runs.Journals;

/// <summary>
/// The bytes of one line of a journal: a record as JSON. Its last field, the chain, is a hash of the line and of the chain before. It is computed
/// over the bytes, so it can be checked even if the line has fields that this version of PachUp does not know.
/// </summary>
internal static class JournalLine
{
    private const string ChainField = ",\"chain\":\"";
    private const int SuffixBytes = 10 + (2 * SHA256.HashSizeInBytes) + 2;
    private const int Major = 1;

    private static readonly JsonSerializerOptions Options = new(JsonFile.Options) { WriteIndented = false };

    /// <summary>Serializes a record and adds its chain.</summary>
    /// <returns>The line without its line end, and the record with its chain.</returns>
    public static (byte[] Line, JournalRecord Record) Write(JournalRecord record, string previousChain)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(record with { Chain = null }, Options).AsSpan()[..^1];
        var chain = ChainOf(previousChain, body);
        return ([.. body, .. Encoding.ASCII.GetBytes($"{ChainField}{chain}\"}}")], record with { Chain = chain });
    }

    /// <summary>Reads a line; null if the line is damaged, was changed, or does not follow the line before.</summary>
    /// <exception cref="FormatException">A newer PachUp wrote the line in a format that this version cannot read.</exception>
    public static JournalRecord? TryRead(ReadOnlySpan<byte> line, string previousChain)
    {
        if (line.Length <= SuffixBytes || TryParse(line) is not { } record)
        {
            return null;
        }

        return record.Chain == ChainOf(previousChain, line[..^SuffixBytes]) ? record : null;
    }

    private static JournalRecord? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            ThrowIfNewer(JsonSerializer.Deserialize<FormatOfLine>(line, Options)?.Format);
            return JsonSerializer.Deserialize<JournalRecord>(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void ThrowIfNewer(string? format)
    {
        if (int.TryParse(format?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major > Major)
        {
            throw new FormatException(
                $"a newer PachUp wrote it in format {format}, but this version reads format {Major}.x; continue with the version of PachUp that started the run");
        }
    }

    private static string ChainOf(string previous, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Encoding.ASCII.GetBytes(previous), .. body]));

    private sealed record FormatOfLine(string? Format);
}
