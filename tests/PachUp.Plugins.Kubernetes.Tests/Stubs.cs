using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests;

/// <summary>A cluster of a plan whose pachd nobody asks.</summary>
internal sealed record StubCluster(string Name, IPlatform Platform) : ICluster
{
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    public ClusterAddress Address { get; init; } = new() { Host = "127.0.0.1", Timeouts = PachdTimeouts.Default with { Retry = TimeSpan.Zero } };

    public PachdClient Connect() => throw new NotSupportedException();
}

/// <summary>What a step is given, with a clock on which waiting takes no time.</summary>
internal sealed class StubExecution(ICluster source, ICluster target, string runDirectory) : IStepExecution, IProgress<StepProgress>
{
    public List<string> Reports { get; } = [];

    public ICluster Source => source;

    public ICluster Target => target;

    public string RunDirectory => runDirectory;

    public TimeProvider Time { get; init; } = new HurriedTime();

    public IProgress<StepProgress> Progress => this;

    public string StepId => "step";

    public ILogger Log => NullLogger.Instance;

    public ImmutableArray<ICheck> Checks => [];

    public bool IsInPlace { get; init; } = true;

    public bool CarriesObjects => false;

    public PlanPurpose Purpose { get; init; } = PlanPurpose.Migration;

    public IReadOnlyList<Checkpoint> Checkpoints => [];

    public Release TargetRelease { get; init; } = new(1, 9, 0);

    public MigrationRoute Route => throw new NotSupportedException();

    public Survey Survey { get; init; } = SurveyOf();

    /// <summary>A survey of a source that has only these pipelines.</summary>
    public static Survey SurveyOf(params PipelineInventory[] pipelines)
    {
        var inventory = new ClusterInventory { Release = new Release(1, 8, 7), ClusterId = "test", Pipelines = [.. pipelines] };
        return new Survey { Source = inventory, ExpectedTarget = new ExpectedTarget { Inventory = inventory } };
    }

    public void Record(Checkpoint checkpoint) => throw new NotSupportedException();

    public void Report(StepProgress value) => Reports.Add(value.Text);
}

/// <summary>A clock that goes on by itself: every look at it and every wait moves it, and nobody sleeps.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, TimeSpan.TicksPerSecond);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    // Waiting lets the small Kubernetes work a little, and moves the clock as far as was asked.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref _ticks, Math.Max(0, dueTime.Ticks));
        return System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(5), period);
    }
}
