using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary>A step that asks the platform of a cluster to do something to its deployment.</summary>
/// <typeparam name="TArguments">What the step takes.</typeparam>
internal abstract class PlatformStep<TArguments> : IRevertibleStep<TArguments>
    where TArguments : class
{
    public abstract string Name { get; }

    public abstract string Summary { get; }

    public Task<StepPreview> PreviewAsync(TArguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var cluster = context.Choose(ClusterOf(arguments));
        return cluster.Platform.PreviewAsync(ActionOf(arguments), cluster, context, cancellationToken);
    }

    public Task<StepResult> ExecuteAsync(TArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var cluster = execution.Choose(ClusterOf(arguments));
        return cluster.Platform.ExecuteAsync(ActionOf(arguments), cluster, execution, cancellationToken);
    }

    public Task<StepResult> RevertAsync(TArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var cluster = execution.Choose(ClusterOf(arguments));
        return cluster.Platform.RevertAsync(ActionOf(arguments), cluster, execution, cancellationToken);
    }

    protected abstract ClusterChoice ClusterOf(TArguments arguments);

    protected abstract PlatformAction ActionOf(TArguments arguments);
}

/// <summary><c>platform/save</c>: keeps what is deployed.</summary>
internal sealed class SaveStep : PlatformStep<SaveStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>The cluster whose deployment is kept.</summary>
        public ClusterChoice Cluster { get; init; } = ClusterChoice.Source;
    }

    public override string Name => "platform/save";

    public override string Summary => "Keeps what is deployed, so that it can be deployed again.";

    protected override ClusterChoice ClusterOf(Arguments arguments) => arguments.Cluster;

    protected override PlatformAction ActionOf(Arguments arguments) => new PlatformAction.Save();
}

/// <summary><c>platform/undeploy</c>: takes a deployment away.</summary>
internal sealed class UndeployStep : PlatformStep<UndeployStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>The cluster whose deployment is taken away.</summary>
        public ClusterChoice Cluster { get; init; } = ClusterChoice.Source;

        /// <summary>Whether its volumes stay. They are what a rollback needs.</summary>
        public bool KeepVolumes { get; init; } = true;

        /// <summary>When to give up waiting until it is gone.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(12);
    }

    public override string Name => "platform/undeploy";

    public override string Summary => "Takes the deployment away; its volumes stay unless the plan says otherwise.";

    protected override ClusterChoice ClusterOf(Arguments arguments) => arguments.Cluster;

    protected override PlatformAction ActionOf(Arguments arguments) => new PlatformAction.Undeploy(arguments.KeepVolumes, arguments.Timeout);
}

/// <summary><c>platform/deploy</c>: deploys a release and waits until it is ready.</summary>
internal sealed class DeployStep : PlatformStep<DeployStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>The cluster that is deployed.</summary>
        public ClusterChoice Cluster { get; init; } = ClusterChoice.Target;

        /// <summary>The release that is deployed.</summary>
        public required Release Release { get; init; }

        /// <summary>Whether it starts on empty metadata storage, as a migration has to.</summary>
        public bool FreshMetadata { get; init; }

        /// <summary>When to give up waiting until it is ready.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(12);
    }

    public override string Name => "platform/deploy";

    public override string Summary => "Deploys a release and waits until it is ready.";

    protected override ClusterChoice ClusterOf(Arguments arguments) => arguments.Cluster;

    protected override PlatformAction ActionOf(Arguments arguments) =>
        new PlatformAction.Deploy(arguments.Release, arguments.FreshMetadata, arguments.Timeout);
}
