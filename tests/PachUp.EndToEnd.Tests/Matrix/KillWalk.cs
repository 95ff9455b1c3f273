using System.Globalization;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Kills the tool again and again: a run, then its resume, then the resume of that or a rollback, then the resume of the rollback. At last it lets one
/// command end, and compares the clusters with those of an undisturbed run, or with the source before.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="random">Chooses the commands and the moments.</param>
internal sealed class KillWalk(MatrixPlan plan, Random random)
{
    private const int MostKills = 5;
    private const int MostRecords = 12;

    private readonly List<string> _path = [];

    /// <summary>How many commands were killed before they ended.</summary>
    public int Kills { get; private set; }

    /// <summary>What happened, for the output of the test.</summary>
    public string Path => string.Join(", ", _path);

    /// <summary>Walks to the end.</summary>
    /// <param name="after">The content of all clusters after an undisturbed run.</param>
    public async Task RunAsync(string after)
    {
        await using var environment = await MatrixEnvironment.StartAsync(plan);
        await KillAsync(environment, environment.Arguments, "apply");
        for (var kills = random.Next(1, MostKills); kills > 0 && Next(environment) is { } command; kills--)
        {
            await KillAsync(environment, command.Arguments, command.Name);
        }

        while (Next(environment) is { } command)
        {
            _path.Add($"{command.Name} to the end");
            (await environment.RunAsync(command.Arguments)).Expect(0);
        }

        await ExpectEndAsync(environment, after);
    }

    private static async Task ExpectEndAsync(MatrixEnvironment environment, string after)
    {
        if (StateOf(environment).IsRolledBack)
        {
            Assert.Equal(environment.SourceBefore, await environment.SourceAsync());
        }
        else
        {
            Assert.Equal(after, await environment.EverythingAsync());
            Assert.Equal(0, await environment.CountRepeatedAsync());
        }

        Assert.Empty(Directory.EnumerateFiles(System.IO.Path.Combine(environment.Tool.WorkingDirectory, StateDirectory.DefaultPath, "locks"), "*.holder.json"));
    }

    /// <summary>A command that is possible now; null at the end.</summary>
    private (string Name, string[] Arguments)? Next(MatrixEnvironment environment)
    {
        var state = StateOf(environment);
        return state switch
        {
            { IsRolledBack: true } => null,
            { CanResume: true } when random.Next(3) > 0 => ("resume", ["apply", "--resume", "--yes"]),
            { IsDone: true, RollbackStarted: false } when random.Next(2) > 0 => null,
            _ => ("rollback", RollBack(environment)),
        };
    }

    private static string[] RollBack(MatrixEnvironment environment)
    {
        var run = new JournalWatch(environment.Tool).Run!;
        return ["rollback", run.Id, "--confirm", RunRecord.ReadPreview(run).ClusterToConfirm.Name];
    }

    private async Task KillAsync(MatrixEnvironment environment, string[] command, string name)
    {
        var watch = new JournalWatch(environment.Tool);
        var last = watch.Records.Count + random.Next(1, MostRecords);
        var delay = TimeSpan.FromMilliseconds(random.Next(2) * random.Next(100));
        using var running = environment.Start(command);
        var died = await watch.KillAfterAsync(running, last, delay);
        var wasKilled = (await running.EndAsync()).ExitCode is not 0;
        Kills += wasKilled ? 1 : 0;
        _path.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {(wasKilled ? "killed" : "ended")} at record {died}"));
    }

    private static RunState StateOf(MatrixEnvironment environment) => RunState.Of(new JournalWatch(environment.Tool).Records);
}
