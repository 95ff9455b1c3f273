using System.Text.RegularExpressions;
using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Testing;
using Snapshooter.Xunit;

namespace PachUp.EndToEnd.Tests.MainJob;

/// <summary>Every recorded archive of 1.8.7 and 1.8.8 is migrated completely. The report lists what was kept, renamed and left out.</summary>
public sealed partial class RecordedArchiveTests
{
    /// <summary>Every recorded archive of the line, and a target.</summary>
    public static TheoryData<string, string> Archives => Pairs(_ => true);

    /// <summary>The archives with objects.</summary>
    public static TheoryData<string, string> FullArchives => Pairs(name => name.EndsWith("-full", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Nothing_is_lost_in_a_shared_bucket(string archive, string target)
    {
        await using var migration = await MigrationHarness.StartAsync(archive[..5], target, sharedBucket: true);
        var filled = await migration.FillAsync(archive);

        var result = await migration.MigrateAsync(objects: false);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Snapshot.Match(Scrub(filled + File.ReadAllText(result.Run.File(RunFiles.Report)), result), $"{nameof(RecordedArchiveTests)}.shared_{archive}_to_{target}");
    }

    [Theory]
    [MemberData(nameof(FullArchives))]
    public async Task Nothing_is_lost_with_the_objects_sent_along(string archive, string target)
    {
        await using var migration = await MigrationHarness.StartAsync(archive[..5], target, sharedBucket: false);
        await migration.FillAsync(archive);

        var result = await migration.MigrateAsync(objects: true);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.False(result.Verification!.FoundLoss);
        Assert.All(result.Verification.Counts, count => Assert.Equal(count.Expected, count.Kept));
    }

    private static TheoryData<string, string> Pairs(Func<string, bool> wanted)
    {
        var data = new TheoryData<string, string>();
        foreach (var archive in Recordings.ArchiveNames.Where(name => name.StartsWith("1.8.", StringComparison.Ordinal)).Where(wanted))
        {
            data.Add(archive, "1.9.0");
            data.Add(archive, "1.9.12");
        }

        return data;
    }

    private static string Scrub(string report, RunResult result) => Ticks().Replace(Whereabouts().Replace(Asked().Replace(Moments().Replace(Ports().Replace(Sizes().Replace(Durations().Replace(Hashes().Replace(
        report.Replace(result.Run.Path, "DIRECTORY", StringComparison.Ordinal).Replace(result.Run.Id, "RUN", StringComparison.Ordinal), "HASH"), "| TIME |"), "SIZE"), "127.0.0.1:PORT"), "WHEN"), "N checks"), "| $1 | HERE |"), "N ticks due");

    /// <summary>Who started a run, and where.</summary>
    [GeneratedRegex(@"\| (Started by|On the machine) \| [^|]*\|")]
    private static partial Regex Whereabouts();

    /// <summary>Every day makes one more tick due.</summary>
    [GeneratedRegex(@"\d+ ticks? due")]
    private static partial Regex Ticks();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Ports();

    /// <summary>The size of an archive varies, because its random ids compress differently.</summary>
    [GeneratedRegex(@"\b\d[\d.]* K?B\b")]
    private static partial Regex Sizes();

    [GeneratedRegex(@"\| \d[\d.]* (s|min|h)( \d+ (s|min))? \|")]
    private static partial Regex Durations();

    /// <summary>Every new check changes the number of checks.</summary>
    [GeneratedRegex(@"\d+ checks")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC|\b\d\d:\d\d:\d\d\b")]
    private static partial Regex Moments();

    [GeneratedRegex(@"\b([0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{12})\b")]
    private static partial Regex Hashes();
}
