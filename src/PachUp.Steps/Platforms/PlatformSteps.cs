using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Steps.Platforms;

/// <summary>A step that asks the platform of a cluster to do something to its deployment.</summary>
/// <typeparam name="TArguments">What the step takes.</typeparam>
internal abstract class PlatformStep<TArguments> : IRevertibleStep<TArguments>
    where TArguments : class
{
    public abstract string Name { get; }

    public abstract string Summary { get; }

    /// <summary>The platform of a rehearsal stands in for the real one, so asking it changes no real deployment.</summary>
    public virtual StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, ActsOnDeployment = true };

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

    public string DescribeRollback(TArguments arguments, IStepExecution execution)
    {
        var cluster = execution.Choose(ClusterOf(arguments));
        return cluster.Platform.DescribeRevert(ActionOf(arguments), cluster, execution);
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

/// <summary><c>platform/fence</c>: keeps writers out.</summary>
internal sealed class FenceStep : PlatformStep<FenceStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>The cluster whose writers are kept out.</summary>
        public ClusterChoice Cluster { get; init; } = ClusterChoice.Source;
    }

    public override string Name => "platform/fence";

    public override string Summary => "Keeps writers out of a cluster and lets PachUp in.";

    public override StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, ActsOnDeployment = true, KeepsWritersOut = true };

    protected override ClusterChoice ClusterOf(Arguments arguments) => arguments.Cluster;

    protected override PlatformAction ActionOf(Arguments arguments) => new PlatformAction.Fence();
}

/// <summary><c>platform/unfence</c>: lets writers in again.</summary>
internal sealed class UnfenceStep : PlatformStep<UnfenceStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>The cluster whose writers are let in.</summary>
        public ClusterChoice Cluster { get; init; } = ClusterChoice.Source;
    }

    public override string Name => "platform/unfence";

    public override string Summary => "Lets writers into a cluster again.";

    protected override ClusterChoice ClusterOf(Arguments arguments) => arguments.Cluster;

    protected override PlatformAction ActionOf(Arguments arguments) => new PlatformAction.Unfence();
}

/// <summary><c>platform/switch</c>: points clients at a cluster.</summary>
internal sealed class SwitchStep : PlatformStep<SwitchStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>The cluster that clients are pointed at.</summary>
        public ClusterChoice Cluster { get; init; } = ClusterChoice.Target;
    }

    public override string Name => "platform/switch";

    public override string Summary => "Points clients at a cluster.";

    protected override ClusterChoice ClusterOf(Arguments arguments) => arguments.Cluster;

    protected override PlatformAction ActionOf(Arguments arguments) => new PlatformAction.Switch();
}

/// <summary><c>platform/wait</c>: waits until a release takes calls.</summary>
internal sealed class WaitStep : PlatformStep<WaitStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>The cluster that is waited for.</summary>
        public ClusterChoice Cluster { get; init; } = ClusterChoice.Target;

        /// <summary>The release that has to answer.</summary>
        public required Release Release { get; init; }

        /// <summary>When to give up waiting.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);
    }

    public override string Name => "platform/wait";

    public override string Summary => "Waits until a release answers and takes calls.";

    protected override ClusterChoice ClusterOf(Arguments arguments) => arguments.Cluster;

    protected override PlatformAction ActionOf(Arguments arguments) => new PlatformAction.Wait(arguments.Release, arguments.Timeout);
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

    public override StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, ActsOnDeployment = true, RemovesSource = true };

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

    public override StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, ActsOnDeployment = true, DeploysTarget = true };

    protected override ClusterChoice ClusterOf(Arguments arguments) => arguments.Cluster;

    protected override PlatformAction ActionOf(Arguments arguments) =>
        new PlatformAction.Deploy(arguments.Release, arguments.FreshMetadata, arguments.Timeout);
}
