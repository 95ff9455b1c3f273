using System.ComponentModel.DataAnnotations;
using McMaster.Extensions.CommandLineUtils;
using PachUp.Conformance.Replay;
using PachUp.Conformance.Report;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.Conformance;

/// <summary>The command: replays a folder of recordings and reports how many calls are equal.</summary>
[Command("conformance", Description = "Replays recorded calls of a real pachd against a sandbox of its release and compares the answers.")]
public sealed class ConformanceCommand
{
    /// <summary>The folder with the recordings.</summary>
    [Argument(0, "FOLDER", "The folder with the recordings, one .jsonl file per scenario")]
    [Required]
    [DirectoryExists]
    public string Folder { get; init; } = "";

    /// <summary>The release of the recorded server.</summary>
    [Option("--release <RELEASE>", "The release of the recorded server, such as 1.8.7", CommandOptionType.SingleValue)]
    [Required]
    public string Release { get; init; } = "";

    /// <summary>The scenario to replay alone.</summary>
    [Option("--only <SCENARIO>", "Replays one scenario, such as 07-pipelines-read, after those that it builds on", CommandOptionType.SingleValue)]
    public string? Only { get; init; }

    /// <summary>Whether to print every difference and the messages.</summary>
    [Option("--verbose", "Prints every difference and the messages of the calls that differ", CommandOptionType.NoValue)]
    public bool Verbose { get; init; }

    /// <summary>The percentage of equal calls below which the command fails.</summary>
    [Option("--at-least <PERCENT>", "Fails where fewer calls than this percentage are equal", CommandOptionType.SingleValue)]
    public double AtLeast { get; init; }

    /// <summary>Replays, prints and returns the exit code: 0 done, 1 below the requested percentage, 2 wrong usage or a file that is not a recording.</summary>
    public async Task<int> OnExecuteAsync(CommandLineApplication application)
    {
        if (!Pachyderm.Release.TryParse(Release, out var release))
        {
            await application.Error.WriteLineAsync($"\"{Release}\" is not a release; expected three numbers such as 1.8.7.");
            return 2;
        }

        try
        {
            return await ReplayAsync(release, new ReportWriter(application.Out, Verbose));
        }
        catch (Exception exception) when (exception is SandboxException or InvalidDataException)
        {
            await application.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    /// <summary>The replay of a folder, together with the recordings of the repository.</summary>
    public static ReleaseReplay ReplayOf(string folder, Release release)
    {
        var transcripts = Path.Combine(Recordings.Root, "transcripts");
        var recordings = new TranscriptSet(folder, release, transcripts, Path.Combine(Recordings.Root, "standins"));
        return new ReleaseReplay(release, recordings, new StorageCopy(transcripts));
    }

    private async Task<int> ReplayAsync(Release release, ReportWriter writer)
    {
        var (equal, calls) = (0, 0);
        await foreach (var report in ReplayOf(Folder, release).ReplayAsync(Only))
        {
            writer.Write(report);
            equal += report.Equal;
            calls += report.Outcomes.Count;
        }

        if (calls == 0)
        {
            throw new InvalidDataException(Only is null ? $"\"{Folder}\" holds no recordings (*.jsonl)." : $"\"{Folder}\" holds no scenario \"{Only}\".");
        }

        writer.WriteTotal(equal, calls);
        return 100.0 * equal / calls < AtLeast ? 1 : 0;
    }
}
