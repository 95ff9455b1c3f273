using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Steps.Tests.Restoring;

/// <summary>An execution that remembers what a step recorded and said, with a clock on which no time is lost.</summary>
internal sealed class RecordingExecution : IStepExecution, IProgress<StepProgress>
{
    private readonly List<Checkpoint> _checkpoints = [];

    public List<StepProgress> Reports { get; } = [];

    /// <summary>Called when a checkpoint is recorded, before it is kept.</summary>
    public Action<Checkpoint> OnRecord { get; set; } = _ => { };

    /// <summary>How many operations the step said that it sent.</summary>
    public int Sent => Reports.Count(report => report.Unit == "operations");

    public IReadOnlyList<Checkpoint> Checkpoints => _checkpoints;

    public string StepId => "restore";

    public IProgress<StepProgress> Progress => this;

    public TimeProvider Time { get; } = new HurriedTime();

    public ILogger Log => NullLogger.Instance;

    public ImmutableArray<ICheck> Checks => [];

    public bool IsInPlace => false;

    public bool CarriesObjects => true;

    public string RunDirectory => throw new NotSupportedException();

    public PlanPurpose Purpose => PlanPurpose.Migration;

    public ICluster Source => throw new NotSupportedException();

    public ICluster Target => throw new NotSupportedException();

    public Release TargetRelease => throw new NotSupportedException();

    public MigrationRoute Route => throw new NotSupportedException();

    public Survey Survey => throw new NotSupportedException();

    public void Record(Checkpoint checkpoint)
    {
        OnRecord(checkpoint);
        _checkpoints.Add(checkpoint);
    }

    public void Report(StepProgress value) => Reports.Add(value);

    /// <summary>Timers go off at once.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
