using PachUp.Engine.Planning;
using PachUp.Engine.State;

namespace PachUp.Engine.Rehearsals;

/// <summary>What a rehearsal is made from.</summary>
public sealed record RehearsalRequest
{
    /// <summary>The plan as it would be carried out.</summary>
    public required PlanRequest Plan { get; init; }

    /// <summary>Where the metadata comes from.</summary>
    public required IRehearsalOrigin Origin { get; init; }

    /// <summary>Builds the empty clusters that stand in for the real ones.</summary>
    public required Func<RehearsalCast, CancellationToken, Task<IRehearsalStage>> BuildStage { get; init; }

    /// <summary>Where the run of the rehearsal is kept. Whoever asks for the rehearsal removes it.</summary>
    public required StateDirectory Directory { get; init; }

    /// <summary>Where the real run would be kept.</summary>
    public required StateDirectory RealState { get; init; }

    /// <summary>The time.</summary>
    public required TimeProvider Time { get; init; }
}
