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
