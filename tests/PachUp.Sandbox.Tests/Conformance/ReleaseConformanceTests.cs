using PachUp.Conformance;
using PachUp.Pachyderm;
using PachUp.Testing;

namespace PachUp.Sandbox.Tests.Conformance;

public class ReleaseConformanceTests
{
    /// <summary>Only raise these percentages: a change that makes the sandbox less like the real server must fail here.</summary>
    [Theory]
    [InlineData("1.7.14", 99.9)]
    [InlineData("1.8.7", 100)]
    [InlineData("1.8.8", 99.9)]
    [InlineData("1.9.0", 99.7)]
    [InlineData("1.9.12", 99.8)]
    [InlineData("1.10.5", 99.0)]
    [InlineData("1.11.9", 98.6)]
    [InlineData("1.12.5", 98.5)]
    [InlineData("1.13.4", 97.0)]
    public async Task The_sandbox_answers_as_the_recorded_server_did(string release, double floorPercent)
    {
        var replay = ConformanceCommand.ReplayOf(Recordings.Transcripts(release), Release.Parse(release));

        var outcomes = await replay.ReplayAsync(only: null).SelectMany(report => report.Outcomes.ToAsyncEnumerable()).ToListAsync();

        var equal = outcomes.Count(outcome => outcome.IsEqual);
        Assert.NotEmpty(outcomes);
        Assert.True(100.0 * equal / outcomes.Count >= floorPercent, $"{equal} of {outcomes.Count} calls are equal; the floor is {floorPercent} %.");
    }
}
