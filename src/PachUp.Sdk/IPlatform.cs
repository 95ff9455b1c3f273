using PachUp.Pachyderm;

namespace PachUp.Sdk;

/// <summary>Deploys clusters, and changes their deployments.</summary>
public interface IPlatform
{
    /// <summary>Its name in plans: <c>kubernetes</c>, <c>external</c>.</summary>
    string Name { get; }

    /// <summary>Describes what an action would do. It only reads.</summary>
    Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken);

    /// <summary>Carries out an action. Doing it again is harmless.</summary>
    /// <exception cref="StepFailedException">The action failed.</exception>
    Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken);

    /// <summary>Undoes an action. If the action was not done, this does nothing.</summary>
    /// <exception cref="StepFailedException">It cannot be undone; the message describes the state and what to do by hand.</exception>
    Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken);

    /// <summary>Describes, in a sentence or two, what undoing the action would do. It asks no cluster.</summary>
    string DescribeRevert(PlatformAction action, ICluster cluster, IStepContext context) => $"Undoes the changes of the deployment at {cluster.Address}.";
}

/// <summary>An action on a deployment.</summary>
public abstract record PlatformAction
{
    private PlatformAction()
    {
    }

    /// <summary>Saves the deployment, so that it can be deployed again.</summary>
    public sealed record Save : PlatformAction;

    /// <summary>Keeps writers out; PachUp can still write. <see cref="Unfence"/> or reverting undoes it.</summary>
    public sealed record Fence : PlatformAction;

    /// <summary>Lets writers in again.</summary>
    public sealed record Unfence : PlatformAction;

    /// <summary>Makes the clients of the plan's other cluster use this one.</summary>
    public sealed record Switch : PlatformAction;

    /// <summary>Waits until a release answers calls.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Timeout">How long to wait.</param>
    public sealed record Wait(Release Release, TimeSpan Timeout) : PlatformAction;

    /// <summary>Removes the deployment.</summary>
    /// <param name="KeepVolumes">Whether its volumes are kept.</param>
    /// <param name="Timeout">How long to wait until it is removed.</param>
    public sealed record Undeploy(bool KeepVolumes, TimeSpan Timeout) : PlatformAction;

    /// <summary>Deploys a release and waits until it is ready.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="FreshMetadata">Whether it starts with empty metadata storage.</param>
    /// <param name="Timeout">How long to wait.</param>
    public sealed record Deploy(Release Release, bool FreshMetadata, TimeSpan Timeout) : PlatformAction;
}
