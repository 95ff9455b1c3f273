using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>The messages of <c>pachup sandbox</c> about archives and directories that it cannot use.</summary>
public sealed class SandboxInputTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_missing_archive_is_named() =>
        (await _tool.RunAsync("sandbox", "--archive", "nowhere.pachx")).Expect(2).Says("there is no archive \"nowhere.pachx\"");

    [Fact]
    public async Task An_incomplete_archive_is_refused_and_nothing_is_kept()
    {
        var whole = await File.ReadAllBytesAsync(Recordings.Archive("1.8.7-world-full"));
        await File.WriteAllBytesAsync(Path.Combine(_tool.WorkingDirectory, "half.pachx"), whole[..(whole.Length / 2)]);

        (await _tool.RunAsync("sandbox", "--release", "1.8.7", "--data", "data", "--archive", "half.pachx")).Expect(1).Says("The archive \"half.pachx\" cannot be used.");

        Assert.False(Directory.Exists(Path.Combine(_tool.WorkingDirectory, "data")));
    }

    [Fact]
    public async Task An_archive_of_a_later_line_is_refused_with_the_releases_that_accept_it() =>
        (await _tool.RunAsync("sandbox", "--release", "1.8.7", "--archive", Recordings.Archive("1.9.0-world-full")))
            .Expect(2).Says("has the format of 1.9, and pachd 1.8.7 cannot restore it").Says("Choose a later --release: 1.9.0, 1.9.12, 1.10.5, 1.11.9, 1.12.5, 1.13.4.");

    [Theory]
    [InlineData("--data")]
    [InlineData("--archive")]
    public async Task An_empty_path_is_refused(string option) =>
        (await _tool.RunAsync("sandbox", option, "")).Expect(2).Says($"{option} is empty");

    [Fact]
    public async Task A_directory_in_use_or_of_another_release_is_refused_and_one_without_a_release_is_continued()
    {
        await using (var first = await SandboxProcess.StartAsync(_tool, "--release", "1.8.8", "--data", "data"))
        {
            (await _tool.RunAsync("sandbox", "--data", "data")).Expect(1).Says("the data directory \"data\" is in use by another process");
            Assert.Equal(0, await first.InterruptAsync());
        }

        (await _tool.RunAsync("sandbox", "--release", "1.9.0", "--data", "data")).Expect(2).Says("holds a cluster of 1.8.8, not of 1.9.0");
        await using var again = await SandboxProcess.StartAsync(_tool, "--data", "data");
        (await _tool.RunAsync("status", "--source", again.Address)).Expect(0).Answers("1.8.8");
    }
}
