using PachUp.Common.Disks;
using PachUp.Common.Files;
using PachUp.Engine.Steps;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Journals;

/// <summary>
/// The journal of a run: JSON lines that are only appended. Each line is flushed to disk before the run continues. Every line has a hash that
/// includes the hash of the line before. An incomplete last line after a crash is dropped. A changed earlier line is refused.
/// </summary>
public sealed class Journal : IDisposable
{
    private const byte LineEnd = (byte)'\n';

    private readonly DiskStream _file;
    private readonly TimeProvider _time;
    private readonly List<JournalRecord> _records;
    private long _intactBytes;

    private Journal(DiskStream file, List<JournalRecord> records, long intactBytes, TimeProvider time) =>
        (_file, _records, _intactBytes, _time) = (file, records, intactBytes, time);

    private IJournalWatch? Watch { get; init; }

    /// <summary>All records so far.</summary>
    public IReadOnlyList<JournalRecord> Records => _records;

    /// <summary>Opens a journal to append records. Creates it if it is missing.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="time">The clock for the time of records.</param>
    /// <param name="watch">Observes every record; null for none.</param>
    /// <exception cref="FormatException">A line other than the last is damaged or was changed, or a newer PachUp wrote it.</exception>
    /// <exception cref="IOException">The file cannot be written, or another process has it open.</exception>
    public static Journal Open(string path, TimeProvider time, IJournalWatch? watch = null)
    {
        var file = PrivateFile.OpenToAppend(path);
        try
        {
            var (records, intactBytes) = Parse(path, ReadFile.Bytes(path));
            return new Journal(file, records, intactBytes, time) { Watch = watch };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a journal without opening it for writing. Without a file, the result is empty.</summary>
    /// <exception cref="FormatException">A line other than the last is damaged or was changed, or a newer PachUp wrote it.</exception>
    public static IReadOnlyList<JournalRecord> Read(string path) => File.Exists(path) ? Parse(path, ReadFile.Bytes(path)).Records : [];

    /// <summary>Appends a record and returns when it is on disk. This method sets sequence number, time and chain.</summary>
    /// <exception cref="IOException">The record is not on disk. The caller must not do what the record announces.</exception>
    public void Append(JournalRecord record)
    {
        // Writing to a removed file is lost without an error.
        if (!File.Exists(_file.Path))
        {
            throw new FileNotFoundException($"the journal \"{_file.Path}\" was removed");
        }

        var numbered = record with { Seq = _records.Count + 1, Time = _time.GetUtcNow() };
        Watch?.Writing(numbered);
        var (line, chained) = JournalLine.Write(numbered, ChainOf(_records));
        CutTornLine();
        _file.Write([.. line, LineEnd]);
        _file.FlushToDisk();
        _intactBytes = _file.Position;
        _records.Add(chained);
        Watch?.Written(chained);
    }

    /// <summary>Appends a record of one event.</summary>
    public void Append(JournalEvent journalEvent, string step = "", string text = "") =>
        Append(new JournalRecord { Event = journalEvent, Step = step, Text = text });

    /// <summary>
    /// Tries to append a record of an event that has already happened. The journal may be on the same failing disk as the step. A step without an end in
    /// the journal can still be resumed.
    /// </summary>
    /// <returns>Why the record is not on disk; null if it is.</returns>
    public IOException? TryAppend(JournalEvent journalEvent, string step = "", string text = "")
    {
        try
        {
            Append(journalEvent, step, text);
            return null;
        }
        catch (IOException e)
        {
            return e;
        }
    }

    /// <summary>Appends that a step is done, with its outputs.</summary>
    public void AppendDone(string step, StepResult result) =>
        Append(new JournalRecord { Event = JournalEvent.StepDone, Step = step, Text = result.InWords(), Outputs = result.Outputs });

    /// <summary>Appends what a step recorded about its progress.</summary>
    public void AppendCheckpoint(string step, Checkpoint checkpoint) =>
        Append(new JournalRecord { Event = JournalEvent.StepCheckpoint, Step = step, Text = checkpoint.Kind, Checkpoint = checkpoint });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Removes an incomplete last line after a crash or a failed append, so that new lines are not written after it.</summary>
    private void CutTornLine()
    {
        if (_file.Length != _intactBytes)
        {
            _file.SetLength(_intactBytes);
        }

        _file.Position = _intactBytes;
    }

    private static (List<JournalRecord> Records, long IntactBytes) Parse(string path, byte[] content)
    {
        var records = new List<JournalRecord>();
        var start = 0;
        while (content.AsSpan(start).IndexOf(LineEnd) is var length and >= 0)
        {
            var line = content.AsSpan(start, length);
            if (ReadLine(path, line, records) is { } record)
            {
                records.Add(record);
            }
            else if (start + length + 1 == content.Length && line.Contains((byte)0))
            {
                break;
            }
            else
            {
                throw Damaged(path, records.Count + 1, "it is damaged or was changed, so the run cannot safely continue");
            }

            start += length + 1;
        }

        // The rest is a record that a crash left incomplete. Parts that never reached the disk read as zeros. What it announces was not started.
        return (records, start);
    }

    private static JournalRecord? ReadLine(string path, ReadOnlySpan<byte> line, List<JournalRecord> before)
    {
        try
        {
            return JournalLine.TryRead(line, ChainOf(before));
        }
        catch (FormatException e)
        {
            throw Damaged(path, before.Count + 1, e.Message);
        }
    }

    private static FormatException Damaged(string path, int line, string why) => new($"line {line} of the journal \"{path}\" cannot be used: {why}");

    private static string ChainOf(List<JournalRecord> records) => records.Count == 0 ? "" : records[^1].Chain!;
}
