using System.Collections.Concurrent;
using PachUp.Common.Disks;
using PachUp.Engine.Yaml;
using PachUp.Sdk;
using PachUp.Testing.Disks;
using Xunit.Abstractions;

namespace PachUp.EndToEnd.Tests.Durability;

/// <summary>
/// A change on the disk of the tool fails, or a file cannot be read. The run goes on, or ends with a message that names the file and the cause. Without the fault, it then goes on
/// and ends as one without a fault.
/// </summary>
public sealed class DiskFaultTests(ITestOutputHelper output)
{
    private const int PointsOfFault = 5;

    // Most of the time, a run waits for its clusters.
    private const int RunsAtOnce = 4;

    /// <summary>With "all", every change of every run fails with every fault, and every read.</summary>
    private static readonly bool TriesAll = Environment.GetEnvironmentVariable("PACHUP_DISK_FAULTS") == "all";

    [Theory]
    [MemberData(nameof(SmallRun.Names), MemberType = typeof(SmallRun))]
    public async Task A_run_ends_with_the_file_and_the_cause_and_is_complete_when_it_goes_on(string name)
    {
        var (counted, after) = await SmallRun.RunUndisturbedAsync(name, folder => new FaultyDisk(folder, at: int.MaxValue, DiskFault.Broken));
        var problems = new ConcurrentQueue<string>();
        var points = Enum.GetValues<DiskFault>().SelectMany(fault => PointsOf(fault == DiskFault.Unreadable ? counted.Reads : counted.Changes), (fault, at) => (Fault: fault, At: at)).ToList();
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = RunsAtOnce }, async (point, _) =>
        {
            if (await FindProblemAsync(name, point.Fault, point.At, after) is { } problem)
            {
                problems.Enqueue(problem);
            }
        });

        output.WriteLine($"{name}: {points.Count} faults in {counted.Changes} changes and {counted.Reads} reads, {problems.Count} problems");
        Assert.True(problems.IsEmpty, string.Join('\n', problems));
    }

    private static IEnumerable<int> PointsOf(int count) => TriesAll
        ? Enumerable.Range(1, count)
        : Enumerable.Range(0, PointsOfFault).Select(number => 1 + (number * (count - 1) / (PointsOfFault - 1)));

    private static async Task<string?> FindProblemAsync(string name, DiskFault fault, int at, IReadOnlyList<string> expected)
    {
        await using var run = await SmallRun.PrepareAsync(name);
        var disk = new FaultyDisk(run.Folder, at, fault);
        var when = $"{fault} at {at} of {name}";
        try
        {
            StepFailedException? failure;
            using (Disk.Observe(disk))
            {
                failure = await EndAsync(run);
            }

            when = $"{when} ({disk.FailedAt})";
            if (failure is not null && !NamesFileAndCause(failure, run.Folder, fault))
            {
                return $"{when}: the message names no file or no cause: {failure.Message} {failure.Remedy}";
            }

            return await run.GoOnAsync() is { } again ? $"{when}: it could not go on: {again.Message}" : await run.FindDifferenceAsync(expected) is { } found ? $"{when}: {found}" : null;
        }
        catch (Exception e)
        {
            return $"{when}: {e}";
        }
    }

    private static async Task<StepFailedException?> EndAsync(SmallRun run)
    {
        try
        {
            return await run.ActAsync();
        }
        catch (StepFailedException e) when (e.Remedy.StartsWith("No cluster was changed.", StringComparison.Ordinal))
        {
            return e;
        }
        catch (Exception e) when (e is IOException or InvalidPlanException)
        {
            // The files of the run cannot be read, so nothing was begun. The command line prints the message.
            return new StepFailedException(e.Message, "", e);
        }
    }

    private static bool NamesFileAndCause(StepFailedException failure, string folder, DiskFault fault) =>
        failure.Message.Contains(folder, StringComparison.Ordinal) && failure.Message.Contains(DiskFaults.Of(fault).Message, StringComparison.Ordinal);
}
