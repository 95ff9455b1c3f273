using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Testing;

/// <summary>
/// What a step may use while it acts, without an engine. It remembers what the step recorded and said, and no pause takes time. Copies share what
/// was recorded, as the processes of one run do.
/// </summary>
public sealed record StandInExecution : IStepExecution, IProgress<StepProgress>
{
    private readonly List<Checkpoint> _checkpoints = [];

    public required Survey Survey { get; init; }

    public PlanPurpose Purpose { get; init; } = PlanPurpose.Migration;

    public ICluster Source { get; init; } = StandInCluster.Silent("source");

    public ICluster Target { get; init; } = StandInCluster.Silent("target");

    public bool IsInPlace { get; init; }

    public bool CarriesObjects { get; init; }

    public bool CopiesBucket { get; init; }

    public string? ArchivePath { get; init; }

    public Release TargetRelease { get; init; } = new(1, 9, 12);

    public MigrationOptions Options { get; init; } = MigrationOptions.Default;

    public MigrationRoute Route { get; init; } = new UnchangedRoute();

    public ImmutableArray<ICheck> Checks { get; init; } = [];

    public ILogger Log => NullLogger.Instance;

    public string StepId { get; init; } = "step";

    public string RunDirectory { get; init; } = "/nowhere";

    public IProgress<StepProgress> Progress => this;

    public TimeProvider Time { get; init; } = new HurriedTime();

    /// <summary>Called whenever the step says where its work is.</summary>
    public Action<StepProgress> OnProgress { get; init; } = _ => { };

    /// <summary>Called when the step records a checkpoint, before that is kept.</summary>
    public Action<Checkpoint> OnRecord { get; set; } = _ => { };

    /// <summary>What the step said, in order.</summary>
    public List<StepProgress> Reports { get; } = [];

    /// <summary>The same in words.</summary>
    public IReadOnlyList<string> Said => [.. Reports.Select(report => report.Text)];

    /// <summary>How many times the step said that it sent an operation.</summary>
    public int Sent => Reports.Count(report => report.Unit == "operations");

    public IReadOnlyList<Checkpoint> Checkpoints => _checkpoints;

    /// <summary>A step of a migration in which everything arrives as it is.</summary>
    public static StandInExecution Of(ClusterInventory source) =>
        new() { Survey = new Survey { Source = source, ExpectedTarget = new ExpectedTarget { Inventory = source } } };

    public void Record(Checkpoint checkpoint)
    {
        OnRecord(checkpoint);
        _checkpoints.Add(checkpoint);
    }

    public void Report(StepProgress value)
    {
        Reports.Add(value);
        OnProgress(value);
    }
}
