using System.Globalization;
using PachUp.Sdk;
using PachUp.Testing.Disks;

namespace PachUp.EndToEnd.Tests.Durability;

/// <summary>
/// Ends a run again and again: the run, then its resume, then the resume of that or a rollback, then the rollback that goes on. Half of these ends are kills,
/// after which everything is on disk, the others are power cuts. At last it lets the commands end, and looks at the clusters.
/// </summary>
/// <param name="plan">The shipped plan.</param>
/// <param name="random">Chooses the commands and the moments.</param>
internal sealed class CrashWalk(string plan, Random random)
{
    private const int MostCrashes = 7;

    private readonly List<string> _path = [];

    /// <summary>How many commands were killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How many commands ended because of a power cut.</summary>
    public int PowerCuts { get; private set; }

    /// <summary>What happened, for the output of the test.</summary>
    public string Path => string.Join(", ", _path);

    /// <summary>Walks to the end.</summary>
    /// <param name="changes">The number of changes on disk of an undisturbed run.</param>
    /// <param name="after">How everything looks after an undisturbed run.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public async Task<string?> FindProblemAsync(int changes, IReadOnlyList<string> after)
    {
        await using var run = await SmallRun.PrepareAsync(plan);
        try
        {
            for (var crashes = random.Next(2, MostCrashes + 1); crashes > 0 && Next(run) is { } command; crashes--)
            {
                await CrashAsync(command, run, changes);
            }

            while (Next(run) is { } command)
            {
                _path.Add($"{command.Name} to the end");
                if (await command.ActAsync() is { } failure)
                {
                    return failure.Message;
                }
            }

            return run.State.IsRolledBack ? await run.FindDifferenceOfSourceAsync() : await run.FindDifferenceAsync(after);
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    /// <summary>A command that is possible now; null at the end.</summary>
    private Command? Next(SmallRun run) => run.State switch
    {
        { HasStarted: false } => new Command("apply", run.ApplyAsync),
        { IsRolledBack: true } => null,
        { CanResume: true } when random.Next(3) > 0 => new Command("resume", run.ResumeAsync),
        { IsDone: true, RollbackStarted: false } when random.Next(2) > 0 => null,
        _ => new Command("rollback", run.RollBackAsync),
    };

    /// <summary>The moments are spread so that short commands are hit too.</summary>
    private async Task CrashAsync(Command command, SmallRun run, int changes)
    {
        var at = (int)Math.Ceiling(Math.Pow(changes, random.NextDouble()));
        var isKill = random.Next(2) == 0;
        var survival = isKill ? Survival.All : Survival.Of(random.Next(Survival.Choices), random.Next());
        if (await PowerCut.EndAsync(run, command.ActAsync, at, survival) is not { } lostAt)
        {
            _path.Add($"{command.Name} ended before change {Text(at)}");
            return;
        }

        (Kills, PowerCuts) = isKill ? (Kills + 1, PowerCuts) : (Kills, PowerCuts + 1);
        _path.Add($"{command.Name} {(isKill ? "killed" : $"without power ({survival} survived)")} at change {Text(at)} ({lostAt.GetType().Name} {System.IO.Path.GetFileName(lostAt.Path)})");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Command(string Name, Func<Task<StepFailedException?>> ActAsync);
}
