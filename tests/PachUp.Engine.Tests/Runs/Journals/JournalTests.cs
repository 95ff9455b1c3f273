using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using PachUp.Engine.Runs.Journals;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Runs.Journals;

public sealed class JournalTests : IDisposable
{
    private static readonly ImmutableSortedDictionary<string, string> Facts = ImmutableSortedDictionary<string, string>.Empty;

    private readonly TemporaryFolder _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private string Path => _directory.File("journal.jsonl");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Appended_records_are_read_in_order()
    {
        WriteThreeRecords();

        var records = Journal.Read(Path);

        Assert.Equal([JournalEvent.RunStarted, JournalEvent.StepStarted, JournalEvent.StepDone], records.Select(record => record.Event));
        Assert.Equal([1L, 2L, 3L], records.Select(record => record.Seq));
        Assert.Equal("17", records[2].Outputs["operations"]);
    }

    [Fact]
    public void The_notes_of_a_result_follow_its_summary()
    {
        using (var journal = Journal.Open(Path, _time))
        {
            journal.AppendDone("deploy", new StepResult("1.9.0 is deployed") { Notes = ["The old claim stays.", "Delete it later."] });
        }

        Assert.Equal("1.9.0 is deployed. The old claim stays. Delete it later.", Journal.Read(Path).Single().Text);
    }

    [Fact]
    public void A_reopened_journal_continues_after_its_last_record()
    {
        WriteThreeRecords();

        using (var journal = Journal.Open(Path, _time))
        {
            journal.Append(JournalEvent.RunResumed);
        }

        Assert.Equal([1L, 2L, 3L, 4L], Journal.Read(Path).Select(record => record.Seq));
    }

    [Fact]
    public void An_incomplete_last_line_is_dropped_at_any_length()
    {
        WriteThreeRecords();
        var whole = File.ReadAllBytes(Path);
        var lastLine = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;

        for (var length = lastLine; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Equal(2, Journal.Read(Path).Count);
        }
    }

    [Fact]
    public void After_an_incomplete_line_new_records_are_appended_correctly()
    {
        WriteThreeRecords();
        File.WriteAllBytes(Path, File.ReadAllBytes(Path)[..^5]);

        using (var journal = Journal.Open(Path, _time))
        {
            journal.Append(JournalEvent.RunResumed);
        }

        Assert.Equal([JournalEvent.RunStarted, JournalEvent.StepStarted, JournalEvent.RunResumed], Journal.Read(Path).Select(record => record.Event));
    }

    [Fact]
    public void A_changed_line_is_refused_with_its_number()
    {
        WriteThreeRecords();
        File.WriteAllText(Path, File.ReadAllText(Path).Replace("\"step\":\"extract\"", "\"step\":\"restore\"", StringComparison.Ordinal));

        var refusal = Assert.Throws<FormatException>(() => Journal.Read(Path));

        Assert.Contains("line 2", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_line_is_refused()
    {
        WriteThreeRecords();
        var lines = File.ReadAllLines(Path);
        File.WriteAllLines(Path, [lines[0], lines[2]]);

        Assert.Throws<FormatException>(() => Journal.Open(Path, _time));
    }

    [Fact]
    public void A_last_line_whose_bytes_never_reached_the_disk_is_dropped()
    {
        WriteThreeRecords();
        var whole = File.ReadAllBytes(Path);
        whole.AsSpan(whole.Length - 40, 39).Clear();
        File.WriteAllBytes(Path, whole);

        Assert.Equal(2, Journal.Read(Path).Count);
    }

    [Fact]
    public void A_last_line_that_was_changed_is_refused()
    {
        WriteThreeRecords();
        File.WriteAllText(Path, File.ReadAllText(Path).Replace("\"17\"", "\"18\"", StringComparison.Ordinal));

        Assert.Contains("line 3", Assert.Throws<FormatException>(() => Journal.Read(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_and_events_of_a_newer_minor_format_are_ignored()
    {
        using (var journal = Journal.Open(Path, _time))
        {
            journal.Append(JournalEvent.RunStarted);
        }

        AppendByHand("{\"format\":\"1.7\",\"seq\":2,\"time\":\"2026-01-02T03:04:05+00:00\",\"event\":\"step-admired\",\"step\":\"pause\",\"colour\":\"blue\"");
        using (var journal = Journal.Open(Path, _time))
        {
            journal.Append(JournalEvent.RunResumed);
        }

        Assert.Equal([JournalEvent.RunStarted, JournalEvent.Unknown, JournalEvent.RunResumed], Journal.Read(Path).Select(record => record.Event));
    }

    [Fact]
    public void A_newer_major_format_is_refused_with_a_remedy()
    {
        AppendByHand("{\"format\":\"2.0\",\"event\":{\"kind\":\"run-started\"}");

        var refusal = Assert.Throws<FormatException>(() => Journal.Read(Path));

        Assert.Contains("line 1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("in format 2.0, but this version reads format 1.x; continue with the version of PachUp that started the run", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_is_read_back_with_its_facts()
    {
        using (var journal = Journal.Open(Path, _time))
        {
            journal.AppendCheckpoint("restore", new Checkpoint("batch-arrived") { Facts = Facts.Add("operations", "17") });
        }

        var record = Assert.Single(Journal.Read(Path));

        Assert.Equal((JournalEvent.StepCheckpoint, "restore", "batch-arrived"), (record.Event, record.Step, record.Checkpoint!.Kind));
        Assert.Equal("17", record.Checkpoint.Facts["operations"]);
    }

    [Fact]
    public void Only_its_owner_can_read_it()
    {
        WriteThreeRecords();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }
    }

    /// <summary>Appends a line as another version would, chained as the documentation says.</summary>
    private void AppendByHand(string body)
    {
        var before = File.Exists(Path) ? Journal.Read(Path)[^1].Chain : "";
        var chain = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + body)));
        File.AppendAllText(Path, $"{body},\"chain\":\"{chain}\"}}\n");
    }

    private void WriteThreeRecords()
    {
        using var journal = Journal.Open(Path, _time);
        journal.Append(JournalEvent.RunStarted, text: "3f2a9c");
        journal.Append(JournalEvent.StepStarted, "extract");
        journal.Append(new JournalRecord
        {
            Event = JournalEvent.StepDone,
            Step = "extract",
            Outputs = Facts.Add("operations", "17"),
        });
    }
}
