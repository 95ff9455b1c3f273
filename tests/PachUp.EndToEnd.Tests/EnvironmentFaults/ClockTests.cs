using PachUp.EndToEnd.Tests.MainJob;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Reports;
using PachUp.Engine.Runs.Reports.Writing;

namespace PachUp.EndToEnd.Tests.EnvironmentFaults;

/// <summary>A clock that is set during a run. Durations and limits are measured without it.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task A_run_whose_clock_is_set_forward_and_back_all_the_time_succeeds()
    {
        await using var migration = await MigrationHarness.StartAsync("1.8.7", "1.9.0", sharedBucket: true);
        await migration.FillAsync("1.8.7-world-full");
        await using var plan = await migration.PlanAsync(objects: false);

        var result = await new Runner(migration.State, new JumpingTime()).ApplyAsync(plan, new WatchedRun(), CancellationToken.None);
        var next = migration.State.Describe(new JumpingTime());
        var report = RunReport.Read(result.Run);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.All(result.Steps, step => Assert.InRange(step.Duration!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(10)));
        Assert.True(RunState.Of(Journal.Read(result.Run.File("journal.jsonl"))).IsDone);
        Assert.All(report.Steps, step => Assert.True(step.Duration >= TimeSpan.Zero));
        Assert.DoesNotContain("-1 ", ReportFile.Text(report, ReportFormat.Html), StringComparison.Ordinal);
        Assert.True(string.CompareOrdinal(next.Id, result.Run.Id) > 0, "the next run has to sort after this one");
    }

    /// <summary>A clock that is set by hours whenever somebody looks at it. Its timers and time stamps are those of the system, as on every machine.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private static readonly double[] Hours = [0, 26, -3, 700, -700, 1, -26];

        private int _looks;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(Hours[Interlocked.Increment(ref _looks) % Hours.Length]);
    }
}
