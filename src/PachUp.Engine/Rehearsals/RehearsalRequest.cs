using PachUp.Engine.Planning;
using PachUp.Engine.State;

namespace PachUp.Engine.Rehearsals;

/// <summary>The inputs of a rehearsal.</summary>
public sealed record RehearsalRequest
{
    /// <summary>The plan for the real clusters.</summary>
    public required PlanRequest Plan { get; init; }

    /// <summary>The origin of the metadata.</summary>
    public required IRehearsalOrigin Origin { get; init; }

    /// <summary>Starts the empty clusters of the rehearsal.</summary>
    public required Func<RehearsalReleases, CancellationToken, Task<IRehearsalClusters>> StartClusters { get; init; }

    /// <summary>The state directory of the rehearsal. The caller removes it.</summary>
    public required StateDirectory Directory { get; init; }

    /// <summary>The state directory of the real run.</summary>
    public required StateDirectory RealState { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
