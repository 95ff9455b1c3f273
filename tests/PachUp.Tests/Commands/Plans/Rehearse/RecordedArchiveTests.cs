using System.Text.Json;
using System.Text.RegularExpressions;
using PachUp.Testing;
using Snapshooter.Xunit;

namespace PachUp.Tests.Commands.Plans.Rehearse;

/// <summary>Archives that were recorded from real servers of every release, rehearsed with.</summary>
public sealed partial class RecordedArchiveTests : IDisposable
{
    private const string Migration = "pachyderm-1.8.7-to-1.9.0";

    private const string Backup = """
        apiVersion: pachup/v1
        kind: BackupPlan
        name: backup
        from: { line: any }
        parameters:
          archive: { default: backup.pachx }
        clusters:
          source: { address: "${env.PACHD_ADDRESS}" }
        steps:
          - { id: check, uses: pachyderm/check }
          - { id: fence, uses: platform/fence, with: { cluster: source } }
          - { id: pause, uses: pachyderm/pause, with: { cluster: source } }
          - { id: extract, uses: pachyderm/extract, with: { objects: true, to: "${parameters.archive}" } }
          - { id: resume, uses: pachyderm/resume, with: { cluster: source } }
        """;

    private readonly string _plan = Path.Combine(Directory.CreateTempSubdirectory("pachup-rehearse-").FullName, "backup.yaml");

    public RecordedArchiveTests() => File.WriteAllText(_plan, Backup);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_plan)!, recursive: true);

    [Fact]
    public void Archives_of_every_release_are_backed_up() => Snapshot.Match(OutcomesOf(_plan, archive => archive.EndsWith("-metadata", StringComparison.Ordinal)));

    [Fact]
    public void Archives_of_the_line_are_migrated_and_those_of_others_are_refused() =>
        Snapshot.Match(OutcomesOf(Migration, archive => archive.EndsWith("-full", StringComparison.Ordinal)));

    private static string OutcomesOf(string plan, Func<string, bool> wanted)
    {
        // Several at a time, because a rehearsal spends much of its time waiting, for example for cron ticks of 1.7.
        var outcomes = Recordings.ArchiveNames.Where(wanted).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(archive => OutcomeOf(plan, archive));
        return Ports().Replace(string.Concat(outcomes.Select(outcome => outcome + Environment.NewLine)), "PORT");
    }

    private static string OutcomeOf(string plan, string archive)
    {
        var rehearsal = Rehearsal.Run(plan, "--archive", Recordings.Archive(archive), "--release", archive.Split('-')[0], "--output", "json");
        return $"{archive}: {rehearsal.ExitCode}, {Describe(rehearsal)}";
    }

    private static string Describe(Rehearsal rehearsal)
    {
        if (rehearsal.Answer.Length == 0)
        {
            return rehearsal.Messages.ReplaceLineEndings(" ");
        }

        var answer = JsonDocument.Parse(rehearsal.Answer).RootElement;
        var refused = answer.GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("result").GetProperty("outcome").GetString() == "refused")
            .Select(finding => finding.GetProperty("check").GetString());
        var failure = answer.GetProperty("failure") is { ValueKind: JsonValueKind.Object } why ? why.GetProperty("message").GetString() : null;
        return string.Join(" ", [answer.GetProperty("outcome").GetString(), .. refused, answer.GetProperty("arrived").GetString() ?? failure]);
    }

    [GeneratedRegex(@"(?<=127\.0\.0\.1:)\d+")]
    private static partial Regex Ports();
}
