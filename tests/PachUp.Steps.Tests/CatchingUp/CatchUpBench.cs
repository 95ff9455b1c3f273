using PachUp.Common.Files;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Steps.CatchingUp;
using PachUp.Steps.Extracting;
using PachUp.Steps.Pausing;
using PachUp.Steps.Restoring;
using PachUp.Steps.Resuming;
using PachUp.Steps.Verifying;
using PachUp.Testing;
using PachUp.Verification.Comparing;
using PachUp.Verification.LateWrites;
using PachUp.Verification.Records;

namespace PachUp.Steps.Tests.CatchingUp;

/// <summary>A migration whose restore is done: the source may be written to, and the target catches up.</summary>
internal sealed class CatchUpBench : IAsyncDisposable
{
    private readonly StepBench _bench;
    private readonly StandInExecution _execution;

    private CatchUpBench(StepBench bench, StandInExecution execution) => (_bench, _execution) = (bench, execution);

    /// <summary>The catch-up as it runs in the plan.</summary>
    public StandInExecution Execution => _execution with { StepId = "catch-up.1" };

    public string RunDirectory => _bench.RunDirectory;

    /// <summary>What PachUp says about the source now.</summary>
    public LateWriteReport Late => LateWriteReport.TryRead(RunDirectory)!;

    /// <summary>How many operations arrived at the target twice.</summary>
    public long Repeated => _bench.Target.Cluster.RepeatedOperations;

    /// <summary>Pauses, extracts and restores.</summary>
    /// <param name="world">What the source holds; null for <see cref="StepBench.World"/>.</param>
    /// <param name="sharesBucket">Whether the target has the bucket of the source.</param>
    /// <param name="carriesObjects">Whether objects are sent.</param>
    /// <param name="outputs">What happens to the output of pipelines.</param>
    /// <param name="exposesObjects">Whether objects can be listed.</param>
    public static async Task<CatchUpBench> StartAsync(
        Cluster? world = null, bool sharesBucket = true, bool carriesObjects = false, OutputChoice outputs = OutputChoice.Recompute, bool exposesObjects = true)
    {
        var bench = await StepBench.StartAsync(world, sharesBucket, exposesObjects);
        var options = new MigrationOptions { CarriesObjects = carriesObjects, Outputs = outputs };
        var planned = bench.Execution;
        var expected = planned.Route.PredictTarget(planned.Survey.Source, planned.TargetRelease, options);
        var execution = planned with { CarriesObjects = carriesObjects, Options = options, Checks = planned.Route.Checks, Survey = planned.Survey with { ExpectedTarget = expected } };
        await new PauseStep().ExecuteAsync(new PauseStep.Arguments(), execution);
        await new ExtractStep().ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive, Objects = carriesObjects }, execution);
        await new RestoreStep().ExecuteAsync(new RestoreStep.Arguments { From = bench.Archive }, execution);
        return new CatchUpBench(bench, execution);
    }

    /// <summary>Writes to the source as a client does.</summary>
    public Task WriteAsync(Func<ClusterBuilder, Task> write) => StepBench.ChangeAsync(_bench.Source, write);

    /// <summary>Writes to the target as a client does.</summary>
    public Task WriteToTargetAsync(Func<ClusterBuilder, Task> write) => StepBench.ChangeAsync(_bench.Target, write);

    public Task<ClusterInventory> SourceAsync() => StepBench.LookAsync(_bench.Source);

    public Task<ClusterInventory> TargetAsync() => StepBench.LookAsync(_bench.Target);

    public Task<IReadOnlyList<string>> RunningOnSourceAsync() => StepBench.RunningAsync(_bench.Source);

    public Task<StepResult> CatchUpAsync(Func<StandInExecution, StandInExecution>? change = null) =>
        new CatchUpStep().ExecuteAsync(new CatchUpStep.Arguments(), (change ?? (same => same))(Execution));

    public Task ResumeAsync() => new ResumeStep().ExecuteAsync(new ResumeStep.Arguments(), _execution);

    /// <summary>Catches up, and dies at the first record of a kind: before the record, or right after it.</summary>
    public async Task CatchUpUntilKilledAsync(string kind, bool afterRecord)
    {
        var isArmed = false;
        void Die() => _ = isArmed ? throw new InvalidOperationException("killed") : isArmed;
        var execution = Execution with
        {
            OnProgress = _ => Die(),
            OnRecord = entry =>
            {
                Die();
                isArmed = entry.Kind == kind;
                if (!afterRecord)
                {
                    Die();
                }
            },
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => new CatchUpStep().ExecuteAsync(new CatchUpStep.Arguments(), execution));
    }

    /// <summary>Compares the target as the verify step does.</summary>
    public async Task<VerificationReport> VerifyAsync()
    {
        await new VerifyStep().ExecuteAsync(new VerifyStep.Arguments(), _execution);
        return JsonFile.TryRead<VerificationReport>(Path.Combine(RunDirectory, RecordFiles.Verification))!;
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();
}
