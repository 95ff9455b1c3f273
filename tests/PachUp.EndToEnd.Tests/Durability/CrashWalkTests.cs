using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace PachUp.EndToEnd.Tests.Durability;

/// <summary>
/// Random walks of kills and power cuts through runs, resumes and rollbacks. Each walk has its own seed, which is printed. By default they end 200 commands;
/// PACHUP_CRASHES sets another number, PACHUP_MATRIX_SEED the seed of the first walk:
/// <c>PACHUP_CRASHES=5000 dotnet test tests/PachUp.EndToEnd.Tests --filter CrashWalkTests --logger "console;verbosity=detailed"</c>.
/// The commands run inside the test, so a walk is cheap; <see cref="Matrix.KillWalkTests"/> kills real processes.
/// </summary>
public sealed class CrashWalkTests(ITestOutputHelper output)
{
    // Most of the time, a run waits for its clusters.
    private const int WalksAtOnce = 4;

    private static int Crashes { get; } = int.TryParse(Environment.GetEnvironmentVariable("PACHUP_CRASHES"), CultureInfo.InvariantCulture, out var count) ? count : 200;

    [Fact]
    public async Task However_often_commands_end_in_the_middle_the_end_is_that_of_an_undisturbed_run_or_the_source_as_it_was()
    {
        var undisturbed = new Dictionary<string, (int Changes, IReadOnlyList<string> After)>();
        foreach (var plan in SmallRun.Plans)
        {
            var (disk, after) = await SmallRun.RunUndisturbedAsync(plan, PowerCut.DiskOf);
            undisturbed[plan] = (disk.Changes, after);
        }

        var problems = new ConcurrentQueue<string>();
        var (seed, kills, cuts, walks) = (Matrix.KillMatrixTests.Seed - 1, 0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, WalksAtOnce).Select(_ => Task.Run(async () =>
        {
            while (Volatile.Read(ref kills) + Volatile.Read(ref cuts) < Crashes)
            {
                var own = Interlocked.Increment(ref seed);
                var random = new Random(own);
                var plan = random.GetItems(SmallRun.Plans, 1)[0];
                var walk = new CrashWalk(plan, random);
                var problem = await walk.FindProblemAsync(undisturbed[plan].Changes, undisturbed[plan].After);
                var line = $"seed {own}: {plan}: {walk.Path}";
                output.WriteLine(line);
                Interlocked.Add(ref kills, walk.Kills);
                Interlocked.Add(ref cuts, walk.PowerCuts);
                Interlocked.Increment(ref walks);
                if (problem is not null)
                {
                    problems.Enqueue($"{line}\n{problem}");
                }
            }
        })));

        output.WriteLine($"{walks} walks: {kills} commands killed, {cuts} power cuts, {problems.Count} problems");
        Assert.True(problems.IsEmpty, string.Join('\n', problems));
    }
}
