using McMaster.Extensions.CommandLineUtils;
using PachUp.Conformance;
using PachUp.Testing;

namespace PachUp.Sandbox.Tests.Conformance;

/// <summary>What the command prints, and its exit code.</summary>
public sealed class ConformanceCommandTests
{
    [Fact]
    public async Task The_last_line_says_how_many_calls_are_equal()
    {
        var (exitCode, output, _) = await RunAsync(new ConformanceCommand { Folder = Recordings.Transcripts("1.8.8"), Release = "1.8.8", Only = "03-files" });

        Assert.Equal(0, exitCode);
        Assert.Equal(["03-files: 42 replayed, 42 equal, 0 not equal, 0 not covered", "42 of 42 calls equal"], output);
    }

    [Fact]
    public async Task A_recording_of_another_release_shows_the_differences_between_the_two()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Recordings.Transcript("1.8.8", "03-files"), folder.File("03-files.jsonl"));

        var (exitCode, output, _) = await RunAsync(new ConformanceCommand { Folder = folder.File(""), Release = "1.9.0", AtLeast = 100 });

        Assert.Equal(1, exitCode);
        Assert.Equal("39 of 42 calls equal", output[^1]);
    }

    /// <summary>The calls that differ: in the native restore one error names a block that no other answer shows.</summary>
    [Theory]
    [InlineData("1.7.14", "51-worked-peer", 60, 60)]
    [InlineData("1.8.7", "51-worked-peer", 71, 71)]
    [InlineData("1.9.0", "52-restore-1.8.7-worked-native", 508, 509)]
    [InlineData("1.9.0", "52-restore-1.8.7-workedrun-metadata-copy", 406, 406)]
    [InlineData("1.9.12", "51-worked-peer", 73, 73)]
    [InlineData("1.9.12", "52-restore-1.8.8-worked-metadata-copy", 154, 154)]
    [InlineData("1.9.12", "55-worked-jobs-history", 9, 9)]
    public async Task Recordings_of_clusters_with_workers_are_replayed_from_the_state_that_they_show(string release, string scenario, int equal, int calls)
    {
        var (_, output, _) = await RunAsync(new ConformanceCommand { Folder = Recordings.Transcripts(release), Release = release, Only = scenario });

        Assert.Equal($"{equal} of {calls} calls equal", output[^1]);
    }

    [Fact]
    public async Task A_folder_without_recordings_is_a_usage_error()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, errors) = await RunAsync(new ConformanceCommand { Folder = folder.File(""), Release = "1.9.0" });

        Assert.Equal(2, exitCode);
        Assert.Equal([$"\"{folder.File("")}\" holds no recordings (*.jsonl)."], errors);
    }

    [Fact]
    public async Task A_file_that_is_not_a_recording_is_reported_with_its_line()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("02-repos.jsonl"), "{}");

        var (exitCode, _, errors) = await RunAsync(new ConformanceCommand { Folder = folder.File(""), Release = "1.9.0" });

        Assert.Equal(2, exitCode);
        Assert.StartsWith($"\"{folder.File("02-repos.jsonl")}\", line 1, is not a recorded call: ", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(ConformanceCommand command)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var application = new CommandLineApplication { Out = output, Error = errors };
        return (await command.OnExecuteAsync(application), LinesOf(output), LinesOf(errors));
    }

    private static string[] LinesOf(StringWriter text) => text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
