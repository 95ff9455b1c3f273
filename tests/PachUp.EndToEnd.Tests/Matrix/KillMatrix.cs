using System.Globalization;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Kills the tool at one point of a plan, resumes or rolls back, and compares the result with an undisturbed run.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="say">Receives progress messages.</param>
internal sealed class KillMatrix(MatrixPlan plan, Action<string> say)
{
    /// <summary>The steps that move data. They are long on real clusters, so most killed runs are killed there.</summary>
    private static readonly string[] LongSteps = ["pachyderm/extract", "pachyderm/restore", "pachyderm/transfer", "pachyderm/reload"];

    private string _after = "";

    /// <summary>The records of the undisturbed run.</summary>
    public IReadOnlyList<JournalRecord> Records { get; private set; } = [];

    /// <summary>The numbers of the records at which a step that moves data starts.</summary>
    public IReadOnlyList<int> LongStepsBegin => [.. Records.Where(record => record.Event == JournalEvent.StepStarted && IsLong(record.Step)).Select(record => (int)record.Seq)];

    /// <summary>The results so far.</summary>
    public MatrixFigures Figures { get; } = new();

    /// <summary>Runs the plan without a kill.</summary>
    public async Task RunUndisturbedAsync()
    {
        await using var environment = await MatrixEnvironment.StartAsync(plan);
        (await environment.RunAsync(environment.Arguments)).Expect(0);
        _after = await environment.EverythingAsync();
        Records = new JournalWatch(environment.Tool).Records;
        Assert.Equal(0, await environment.CountRepeatedAsync());
    }

    /// <summary>Kills at a record, then resumes.</summary>
    public Task ResumeAsync(int record, TimeSpan delay = default) => DisturbAsync(record, delay, async environment =>
    {
        var isDone = new JournalWatch(environment.Tool).Records.Any(entry => entry.Event == JournalEvent.RunDone);

        // After the last record there is nothing to resume.
        (await environment.RunAsync("apply", "--resume", "--yes")).Expect(isDone ? 2 : 0);
        Assert.Equal(_after, await environment.EverythingAsync());
        Assert.Equal(0, await environment.CountRepeatedAsync());
        Figures.Resumed();
    });

    /// <summary>Kills at a record, then rolls back.</summary>
    public Task RollBackAsync(int record, TimeSpan delay = default) => DisturbAsync(record, delay, async environment =>
    {
        // A run that was killed after its last record is finished, so it is named and confirmed.
        var run = new StateDirectory(Path.Combine(environment.Tool.WorkingDirectory, StateDirectory.DefaultPath)).ListRuns()[^1];
        (await environment.RunAsync("rollback", run.Id, "--confirm", RunRecord.ReadPreview(run).ClusterToConfirm.Name)).Expect(0);
        Assert.Equal(environment.SourceBefore, await environment.SourceAsync());
        Figures.RolledBack();
    });

    private async Task DisturbAsync(int record, TimeSpan delay, Func<MatrixEnvironment, Task> then)
    {
        await using var environment = await MatrixEnvironment.StartAsync(plan);
        using var running = environment.Start(environment.Arguments);
        var died = await new JournalWatch(environment.Tool).KillAfterAsync(running, record, delay);
        Figures.Killed(died);
        say(string.Create(CultureInfo.InvariantCulture, $"{plan.Name}: killed at record {died} ({Describe(environment)})"));
        await then(environment);
    }

    private static string Describe(MatrixEnvironment environment) =>
        new JournalWatch(environment.Tool).Records is [.., var last] ? $"{last.Event} {last.Step} {last.Checkpoint?.Kind}".TrimEnd() : "nothing written";

    private bool IsLong(string step) => LongSteps.Contains(plan.Document.Steps.Single(candidate => candidate.Id == step).Step.Name);
}
