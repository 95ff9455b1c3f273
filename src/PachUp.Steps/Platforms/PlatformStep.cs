using PachUp.Sdk;

namespace PachUp.Steps.Platforms;

/// <summary>A step that asks the platform of a cluster to act on its deployment. Undoing it is left to the platform, too.</summary>
/// <typeparam name="TArguments">What the step takes.</typeparam>
/// <param name="name">What plans call it.</param>
/// <param name="summary">What it does, in one sentence.</param>
/// <param name="actionOf">What the platform is asked to do.</param>
/// <param name="traits">What the step declares about itself. The platform of a rehearsal stands in for the real one, so asking it is safe there.</param>
internal sealed class PlatformStep<TArguments>(string name, string summary, Func<TArguments, PlatformAction> actionOf, StepTraits traits)
    : IRevertibleStep<TArguments>
    where TArguments : class, IChoosesCluster
{
    public string Name => name;

    public string Summary => summary;

    public StepTraits Traits => traits;

    public Task<StepPreview> PreviewAsync(TArguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var cluster = context.Choose(arguments.Cluster);
        return cluster.Platform.PreviewAsync(actionOf(arguments), cluster, context, cancellationToken);
    }

    public Task<StepResult> ExecuteAsync(TArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var cluster = execution.Choose(arguments.Cluster);
        return cluster.Platform.ExecuteAsync(actionOf(arguments), cluster, execution, cancellationToken);
    }

    public Task<StepResult> RevertAsync(TArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var cluster = execution.Choose(arguments.Cluster);
        return cluster.Platform.RevertAsync(actionOf(arguments), cluster, execution, cancellationToken);
    }

    public string DescribeRollback(TArguments arguments, IStepExecution execution)
    {
        var cluster = execution.Choose(arguments.Cluster);
        return cluster.Platform.DescribeRevert(actionOf(arguments), cluster, execution);
    }
}
