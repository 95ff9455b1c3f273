using System.Collections.Immutable;

namespace PachUp.Sdk.Platforms;

/// <summary>A platform that can tell whether the workers of pipelines start, and why they do not.</summary>
public interface IWorkerPlatform : IPlatform
{
    /// <summary>Looks at the workers of all pipelines that run. It only reads.</summary>
    /// <exception cref="StepFailedException">The platform cannot be asked; the message says why.</exception>
    Task<WorkersState> LookAtWorkersAsync(ICluster cluster, CancellationToken cancellationToken);
}

/// <summary>The workers of a cluster's pipelines.</summary>
/// <param name="waiting">The pipelines whose workers have not all started.</param>
/// <param name="troubles">Why, as far as it is known; each in one sentence with its pipeline.</param>
public sealed class WorkersState(ImmutableArray<string> waiting, ImmutableArray<string> troubles)
{
    /// <summary>The pipelines whose workers have not all started.</summary>
    public ImmutableArray<string> Waiting => waiting;

    /// <summary>Why, as far as it is known; each in one sentence with its pipeline.</summary>
    public ImmutableArray<string> Troubles => troubles;
}
