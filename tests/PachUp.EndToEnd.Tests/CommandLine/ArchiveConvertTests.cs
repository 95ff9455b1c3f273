using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class ArchiveConvertTests : IDisposable
{
    private readonly Tool _tool = new();

    private string New => Path.Combine(_tool.WorkingDirectory, "new.pachx");

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task It_writes_an_archive_and_reports_what_is_missing_and_how_to_restore_it()
    {
        var outcome = await _tool.RunAsync("archive", "convert", Recordings.Archive("1.8.7-world-full"), "--to", "1.9", "--out", "new.pachx");

        outcome.Expect(0);
        Assert.Contains("archive-alone", outcome.Answer, StringComparison.Ordinal);
        Assert.Contains("pachctl restore < new.pachx", outcome.Answer, StringComparison.Ordinal);
        Assert.True(File.Exists(New));
        Assert.True(File.Exists(New + ".manifest.json"));
    }

    [Fact]
    public async Task The_old_name_of_the_output_file_is_accepted_with_a_warning()
    {
        var outcome = await _tool.RunAsync("archive", "convert", Recordings.Archive("1.8.7-world-full"), "--to", "1.9", "-o", "new.pachx");

        outcome.Expect(0).Says("-o is an old name of this option. Use --out.");
        Assert.True(File.Exists(New));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".inventory.json")]
    public async Task It_never_overwrites_a_file_or_adopts_one_of_another_backup(string suffix)
    {
        await File.WriteAllTextAsync(New + suffix, "mine");

        var outcome = await _tool.RunAsync("archive", "convert", Recordings.Archive("1.8.7-world-full"), "--to", "1.9", "--out", "new.pachx");

        outcome.Expect(2).Says($"\"new.pachx{suffix}\" already exists");
        Assert.Equal("mine", await File.ReadAllTextAsync(New + suffix));
        Assert.Single(Directory.EnumerateFiles(_tool.WorkingDirectory));
    }

    [Fact]
    public async Task A_refusal_leaves_no_files()
    {
        var outcome = await _tool.RunAsync("archive", "convert", Recordings.Archive("1.7.14-odd-full"), "--to", "1.8", "--out", "new.pachx");

        outcome.Expect(3);
        Assert.Contains("pipelines-refused", outcome.Answer, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", outcome.Answer, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_tool.WorkingDirectory));
    }

    [Theory]
    [InlineData("1.8.7-world-full", "1.8", 3, "is already of line 1.8")]
    [InlineData("1.8.7-world-full", "1.11", 3, "no plugin offers a route from 1.8")]
    [InlineData("1.8.7-world-full", "1.99", 2, "not a known line or release")]
    [InlineData("1.8.7-empty", "1.9", 1, "is empty and has no manifest")]
    [InlineData("1.8.7-mixed-with-1.7.14", "1.9", 1, "cannot mix operations of different generations")]
    public async Task Invalid_input_is_reported_and_nothing_is_written(string archive, string to, int code, string message)
    {
        var outcome = await _tool.RunAsync("archive", "convert", Recordings.Archive(archive), "--to", to, "--out", "new.pachx");

        outcome.Expect(code).Says(message);
        Assert.Empty(Directory.EnumerateFiles(_tool.WorkingDirectory));
    }
}
