using PachUp.EndToEnd.Tests.CommandLine;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Two operators at one time, each with a home and a state directory of its own. While the process of the first is frozen, the second tries the same target.
/// By default the first is frozen at one record; with PACHUP_MATRIX=all at every one.
/// </summary>
public sealed class FrozenRunTests
{
    private const string Plan = "pachyderm-1.8.7-to-1.9.0-side-by-side";

    [Fact]
    public async Task While_a_run_is_frozen_another_operator_is_refused_and_told_who_works_there()
    {
        var plan = MatrixPlan.All.Single(candidate => candidate.Name == Plan);
        var records = KillMatrixTests.IsWhole ? await CountRecordsAsync(plan) : 1;
        for (var record = 1; record <= records; record++)
        {
            await FreezeAsync(plan, KillMatrixTests.IsWhole ? record : new Random(KillMatrixTests.Seed).Next(1, 20));
        }
    }

    private static async Task<int> CountRecordsAsync(MatrixPlan plan)
    {
        await using var environment = await MatrixEnvironment.StartAsync(plan);
        (await environment.RunAsync(environment.Arguments)).Expect(0);
        return new JournalWatch(environment.Tool).Records.Count;
    }

    private static async Task FreezeAsync(MatrixPlan plan, int record)
    {
        await using var environment = await MatrixEnvironment.StartAsync(plan);
        using var other = new Tool();
        using var first = environment.Start(environment.Arguments);
        var watch = new JournalWatch(environment.Tool);
        await watch.FreezeAtAsync(first, record);

        var second = await other.RunAsync(environment.Arguments);
        await Signals.ContinueAsync(first.ProcessId);
        (await first.EndAsync()).Expect(0);

        var text = string.Join(' ', $"{second.Answer} {second.Talk}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.True(second.ExitCode != 0 && (text.Contains(first.AsHolder, StringComparison.Ordinal) || text.Contains("refused target-empty:", StringComparison.Ordinal)), text);
        Assert.False(Directory.Exists(Path.Combine(other.WorkingDirectory, ".pachup", "runs")));
        Assert.Equal(0, await environment.CountRepeatedAsync());
    }
}
