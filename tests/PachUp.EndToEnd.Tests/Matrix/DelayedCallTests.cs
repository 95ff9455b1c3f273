using System.Globalization;
using Xunit.Abstractions;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// The network is cut while the tool sends a restore call, the tool is killed, and the network delivers the call to the server while the resumed run is at work.
/// By default it is delivered at one random record of the resumed run of one plan; with PACHUP_MATRIX=all at every one, and in more plans. PACHUP_MATRIX_SEED sets the seed.
/// </summary>
public sealed class DelayedCallTests(ITestOutputHelper output)
{
    private const string Restore = "/admin.API/Restore";

    public static TheoryData<string> Plans => KillMatrixTests.IsWhole
        ? ["pachyderm-1.8.7-to-1.9.0-side-by-side with objects", "pachyderm-1.7.14-to-1.8.0-side-by-side", "pachyderm-restore-backup"]
        : ["pachyderm-1.8.7-to-1.9.0-side-by-side with objects"];

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task A_call_that_arrives_after_the_resume_has_begun_is_never_taken_for_something_else(string name)
    {
        var plan = MatrixPlan.All.SelectMany(plan => new[] { plan, plan.WithObjects }).Single(plan => plan?.Name == name)!;
        var (expected, records) = await RunUndisturbedAsync(plan);
        IEnumerable<int> moments = KillMatrixTests.IsWhole ? Enumerable.Range(1, records) : [new Random(KillMatrixTests.Seed).Next(1, records / 2)];
        foreach (var moment in moments)
        {
            await DeliverAsync(plan, moment, expected);
        }
    }

    private static async Task<(string After, int Records)> RunUndisturbedAsync(MatrixPlan plan)
    {
        await using var environment = await MatrixEnvironment.StartAsync(plan);
        (await environment.RunAsync(environment.Arguments)).Expect(0);
        return (await environment.EverythingAsync(), new JournalWatch(environment.Tool).Records.Count);
    }

    private async Task DeliverAsync(MatrixPlan plan, int moment, string expected)
    {
        await using var environment = await MatrixEnvironment.StartAsync(plan);
        await using var calls = await WatchedCalls.OfAsync(environment);
        var delayed = calls.Target.Delay(Restore);
        using var running = environment.Start(calls.Arguments);
        await delayed.Arrived;
        running.Kill();

        var watch = new JournalWatch(environment.Tool);
        using var resumed = environment.Start("apply", "--resume", "--yes");
        await watch.UntilAsync(resumed, watch.Records.Count + moment);
        var status = await delayed.DeliverAsync();
        var outcome = await resumed.EndAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Name}: delivered after {moment} records with status {status}, the resumed run ended with exit code {outcome.ExitCode}"));
        if (outcome.ExitCode != 0)
        {
            output.WriteLine(outcome.Talk);
            (await environment.RunAsync("apply", "--resume", "--yes")).Expect(0);
        }

        Assert.Equal(expected, await environment.EverythingAsync());
    }
}
