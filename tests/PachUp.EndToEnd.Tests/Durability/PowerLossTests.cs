using System.Collections.Concurrent;
using PachUp.Testing.Disks;
using Xunit.Abstractions;

namespace PachUp.EndToEnd.Tests.Durability;

/// <summary>
/// The machine of the tool loses power at any change on its disk. What was not flushed survives in part and in another order. The run then goes on, and
/// ends as one without a power cut.
/// </summary>
public sealed class PowerLossTests(ITestOutputHelper output)
{
    private const int PointsOfRun = 15;

    // Most of the time, a run waits for its clusters.
    private const int RunsAtOnce = 4;

    /// <summary>With "all", every change of every run is tried with every choice of what survives.</summary>
    private static readonly bool TriesAll = Environment.GetEnvironmentVariable("PACHUP_POWER_LOSS") == "all";

    [Theory]
    [MemberData(nameof(SmallRun.Names), MemberType = typeof(SmallRun))]
    public async Task A_run_is_complete_after_a_power_cut_at_any_change_on_disk(string name)
    {
        var (disk, after) = await SmallRun.RunUndisturbedAsync(name, PowerCut.DiskOf);
        var failures = new ConcurrentQueue<string>();
        var points = PointsOf(disk.Changes).ToList();
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = RunsAtOnce }, async (point, _) =>
        {
            if (await FindDifferenceAsync(name, point.At, Survival.Of(point.Choice, point.At), after) is { } difference)
            {
                failures.Enqueue(difference);
            }
        });

        output.WriteLine($"{name}: {points.Count} power cuts in {disk.Changes} changes, {failures.Count} failures");
        Assert.True(failures.IsEmpty, string.Join('\n', failures));
    }

    /// <summary>The changes at which the power is cut, each with a choice of what survives.</summary>
    private static IEnumerable<(int At, int Choice)> PointsOf(int changes) => TriesAll
        ? Enumerable.Range(1, changes).SelectMany(_ => Enumerable.Range(0, Survival.Choices), (at, choice) => (at, choice))
        : Enumerable.Range(0, PointsOfRun).Select(number => (1 + (number * (changes - 1) / (PointsOfRun - 1)), number % Survival.Choices));

    /// <summary>Cuts the power, goes on as the next process would, and compares.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    private static async Task<string?> FindDifferenceAsync(string name, int at, Survival survival, IReadOnlyList<string> expected)
    {
        await using var run = await SmallRun.PrepareAsync(name);
        var lostAt = await PowerCut.EndAsync(run, run.ActAsync, at, survival);
        return await TryGoOnAsync(run, expected) is { } found
            ? $"power cut at change {at} of {name}: {lostAt}\nof what was not flushed, {survival} survived: {found}"
            : null;
    }

    private static async Task<string?> TryGoOnAsync(SmallRun run, IReadOnlyList<string> expected)
    {
        try
        {
            return await run.GoOnAsync() is { } failure ? failure.Message : await run.FindDifferenceAsync(expected);
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }
}
