using PachUp.Common.Files;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Journals;

/// <summary>
/// What happened in a run, as JSON lines that are only ever appended, each flushed to disk before the writer goes on. Every line carries a hash
/// that is chained to the line before: a last line that was torn by a crash is dropped, an earlier one that was changed is refused.
/// </summary>
public sealed class Journal : IDisposable
{
    private const byte LineEnd = (byte)'\n';

    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly List<JournalRecord> _records;
    private long _intactBytes;

    private Journal(FileStream file, List<JournalRecord> records, long intactBytes, TimeProvider time) =>
        (_file, _records, _intactBytes, _time) = (file, records, intactBytes, time);

    private IJournalWatch? Watch { get; init; }

    /// <summary>All records so far.</summary>
    public IReadOnlyList<JournalRecord> Records => _records;

    /// <summary>Opens a journal to append to; a new one where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Gives the records their time.</param>
    /// <param name="watch">Is told of every record; null for nobody.</param>
    /// <exception cref="FormatException">A line other than the last is damaged or was changed, or a newer PachUp wrote it.</exception>
    /// <exception cref="IOException">The file cannot be written, or another process has it open.</exception>
    public static Journal Open(string path, TimeProvider time, IJournalWatch? watch = null)
    {
        var isNew = !File.Exists(path);
        var file = PrivateFile.Open(path, FileMode.OpenOrCreate);
        try
        {
            var (records, intactBytes) = Parse(path, ReadShared(path));
            if (isNew)
            {
                PrivateFile.FlushDirectoryOf(path);
            }

            return new Journal(file, records, intactBytes, time) { Watch = watch };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a journal without opening it for writing; empty where there is none.</summary>
    /// <exception cref="FormatException">A line other than the last is damaged or was changed, or a newer PachUp wrote it.</exception>
    public static IReadOnlyList<JournalRecord> Read(string path) => File.Exists(path) ? Parse(path, ReadShared(path)).Records : [];

    /// <summary>Appends a record and returns when it is on disk. Sequence number, time and chain are set here.</summary>
    /// <exception cref="IOException">It is not on disk: what it announces must not happen.</exception>
    public void Append(JournalRecord record)
    {
        // What is written to a file that was removed goes nowhere, without an error.
        if (!File.Exists(_file.Name))
        {
            throw new FileNotFoundException($"the journal \"{_file.Name}\" was removed");
        }

        var numbered = record with { Seq = _records.Count + 1, Time = _time.GetUtcNow() };
        Watch?.Writing(numbered);
        var (line, chained) = JournalLine.Write(numbered, ChainOf(_records));
        CutTornLine();
        _file.Write([.. line, LineEnd]);
        _file.Flush(flushToDisk: true);
        _intactBytes = _file.Position;
        _records.Add(chained);
        Watch?.Written(chained);
    }

    /// <summary>Appends a record of one event.</summary>
    public void Append(JournalEvent journalEvent, string step = "", string text = "") =>
        Append(new JournalRecord { Event = journalEvent, Step = step, Text = text });

    /// <summary>Appends a record of one event that has happened already, if it can.</summary>
    /// <returns>Whether it is on disk.</returns>
    public bool TryAppend(JournalEvent journalEvent, string step = "", string text = "")
    {
        try
        {
            Append(journalEvent, step, text);
            return true;
        }
        catch (IOException)
        {
            // The disk that failed the step may fail the journal too; a step that was begun and has no end is resumed all the same.
            return false;
        }
    }

    /// <summary>Appends that a step is done, with its outputs.</summary>
    public void AppendDone(string step, StepResult result) =>
        Append(new JournalRecord { Event = JournalEvent.StepDone, Step = step, Text = result.Summary, Outputs = result.Outputs });

    /// <summary>Appends what a step recorded about its progress.</summary>
    public void AppendCheckpoint(string step, Checkpoint checkpoint) =>
        Append(new JournalRecord { Event = JournalEvent.StepCheckpoint, Step = step, Text = checkpoint.Kind, Checkpoint = checkpoint });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>What a crash tore, or an append that failed halfway: nothing may be written behind it.</summary>
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
                throw Damaged(path, records.Count + 1, "it is damaged or was changed; the run cannot be trusted to go on from it");
            }

            start += length + 1;
        }

        // What follows is a record that a crash tore (parts that never reached the disk read as zeros): the thing it announces had not begun.
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

    /// <summary>Reads also while a run writes.</summary>
    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }
}
