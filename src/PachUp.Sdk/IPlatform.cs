using PachUp.Pachyderm;

namespace PachUp.Sdk;

/// <summary>How a cluster is deployed, and what can be done to its deployment.</summary>
public interface IPlatform
{
    /// <summary>What plans call it: <c>kubernetes</c>, <c>external</c>.</summary>
    string Name { get; }

    /// <summary>Says what an action would do. Reads only.</summary>
    Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken);

    /// <summary>Does it; doing it again is harmless.</summary>
    /// <exception cref="StepFailedException">It cannot be done.</exception>
    Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken);

    /// <summary>Undoes it; undoing what was not done is harmless.</summary>
    /// <exception cref="StepFailedException">It cannot be undone; the message says what the state is and what to do by hand.</exception>
    Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken);

    /// <summary>Says, in a sentence or two, what undoing it would do. Asks nobody.</summary>
    string DescribeRevert(PlatformAction action, ICluster cluster, IStepContext context) => $"Undoes what was done to the deployment at {cluster.Address}.";
}

/// <summary>Something that can be done to a deployment.</summary>
public abstract record PlatformAction
{
    private PlatformAction()
    {
    }

    /// <summary>Keeps what is deployed, so that it can be deployed again.</summary>
    public sealed record Save : PlatformAction;

    /// <summary>Keeps writers out and lets PachUp in. Undone by <see cref="Unfence"/>, and by reverting it.</summary>
    public sealed record Fence : PlatformAction;

    /// <summary>Lets writers in again.</summary>
    public sealed record Unfence : PlatformAction;

    /// <summary>Points the clients of the other cluster of the plan at this one.</summary>
    public sealed record Switch : PlatformAction;

    /// <summary>Waits until a release answers and is ready for calls.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Timeout">When to give up waiting.</param>
    public sealed record Wait(Release Release, TimeSpan Timeout) : PlatformAction;

    /// <summary>Takes the deployment away.</summary>
    /// <param name="KeepVolumes">Whether its volumes stay.</param>
    /// <param name="Timeout">When to give up waiting until it is gone.</param>
    public sealed record Undeploy(bool KeepVolumes, TimeSpan Timeout) : PlatformAction;

    /// <summary>Deploys a release and waits until it is ready.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="FreshMetadata">Whether it starts on empty metadata storage.</param>
    /// <param name="Timeout">When to give up waiting.</param>
    public sealed record Deploy(Release Release, bool FreshMetadata, TimeSpan Timeout) : PlatformAction;
}
