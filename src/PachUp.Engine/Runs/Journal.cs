using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PachUp.Engine.Runs;

/// <summary>
/// What happened in a run, as JSON lines that are only ever appended, each flushed to disk before the writer goes on. Every line carries a hash
/// that is chained to the line before: a last line that was torn by a crash is dropped, an earlier one that was changed is refused.
/// </summary>
public sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions LineOptions = new(JsonFile.Options) { WriteIndented = false };

    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly List<JournalRecord> _records;

    private Journal(FileStream file, List<JournalRecord> records, TimeProvider time) => (_file, _records, _time) = (file, records, time);

    /// <summary>All records so far.</summary>
    public IReadOnlyList<JournalRecord> Records => _records;

    /// <summary>Opens a journal to append to; a new one where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Gives the records their time.</param>
    /// <exception cref="FormatException">A line other than the last is damaged or was changed.</exception>
    public static Journal Open(string path, TimeProvider time)
    {
        var (records, intactBytes) = File.Exists(path) ? Parse(path, File.ReadAllBytes(path)) : ([], 0);
        var file = PrivateFile.Open(path, FileMode.OpenOrCreate);
        file.SetLength(intactBytes);
        file.Seek(0, SeekOrigin.End);
        return new Journal(file, records, time);
    }

    /// <summary>Reads a journal without opening it for writing; empty where there is none.</summary>
    /// <exception cref="FormatException">A line other than the last is damaged or was changed.</exception>
    public static IReadOnlyList<JournalRecord> Read(string path) => File.Exists(path) ? Parse(path, File.ReadAllBytes(path)).Records : [];

    /// <summary>Appends a record and returns when it is on disk. Sequence number, time and chain are set here.</summary>
    public void Append(JournalRecord record)
    {
        var previous = _records.Count == 0 ? "" : _records[^1].Chain;
        var numbered = record with { Seq = _records.Count + 1, Time = _time.GetUtcNow() };
        var chained = numbered with { Chain = ChainOf(previous, numbered) };
        _file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(chained, LineOptions) + "\n"));
        _file.Flush(flushToDisk: true);
        _records.Add(chained);
    }

    /// <summary>Appends a record of one event.</summary>
    public void Append(JournalEvent journalEvent, string step = "", string text = "") =>
        Append(new JournalRecord { Seq = 0, Time = default, Event = journalEvent, Step = step, Text = text });

    /// <summary>Appends that a step is done, with its outputs.</summary>
    public void AppendDone(string step, Sdk.StepResult result) =>
        Append(new JournalRecord { Seq = 0, Time = default, Event = JournalEvent.StepDone, Step = step, Text = result.Summary, Outputs = result.Outputs });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static (List<JournalRecord> Records, long IntactBytes) Parse(string path, byte[] content)
    {
        var records = new List<JournalRecord>();
        var start = 0;
        for (var end = content.AsSpan().IndexOf((byte)'\n'); end >= 0; end = NextLineEnd(content, start))
        {
            var line = content.AsSpan(start, end - start);
            var previous = records.Count == 0 ? "" : records[^1].Chain;
            if (TryParse(line) is not { } record || record.Chain != ChainOf(previous, record))
            {
                throw new FormatException(
                    $"line {records.Count + 1} of the journal \"{path}\" is damaged or was changed; the run cannot be trusted to go on from it");
            }

            records.Add(record);
            start = end + 1;
        }

        // What follows the last line end is a record that a crash tore: the thing it announces had not begun.
        return (records, start);
    }

    private static int NextLineEnd(byte[] content, int start) =>
        content.AsSpan(start).IndexOf((byte)'\n') is var offset and >= 0 ? start + offset : -1;

    private static JournalRecord? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalRecord>(line, LineOptions);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string ChainOf(string previous, JournalRecord record) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(previous + JsonSerializer.Serialize(record with { Chain = "" }, LineOptions))));
}
