using System.Runtime.CompilerServices;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>The deployment that a plan replaces or copies, and the one that it makes.</summary>
internal sealed record PlannedDeployment
{
    // In place of the id of the run. It is part of names, so it is in lower case.
    private const string RunToCome = "run";

    private static readonly ConditionalWeakTable<IStepContext, Task<PlannedDeployment>> Known = [];

    /// <summary>The namespace of the target.</summary>
    public required KubeApi Target { get; init; }

    /// <summary>Where it is deployed.</summary>
    public required Placement Placement { get; init; }

    /// <summary>The source.</summary>
    public required Suite Source { get; init; }

    /// <summary>The manifests of the target.</summary>
    public required DeploymentManifests Wanted { get; init; }

    /// <summary>The manifests of the source, as they would be saved.</summary>
    public DeploymentManifests Saved => Source.Deployed.Cleaned();

    /// <summary>Whether PachUp deploys the target of a plan, like its source, on this platform.</summary>
    public static bool IsIn(IStepContext context) =>
        context.Source.Platform.Name == ClusterSettings.Platform && context.Target.Platform.Name == ClusterSettings.Platform;

    /// <summary>Answers a check from the planned deployment. It is read once for all checks that are asked together.</summary>
    /// <param name="context">The clusters of the plan.</param>
    /// <param name="answerAsync">Answers.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<CheckResult> AskAsync(IStepContext context, Func<PlannedDeployment, Task<CheckResult>> answerAsync, CancellationToken cancellationToken)
    {
        if (!IsIn(context))
        {
            return CheckResult.Passed("PachUp does not deploy the target on the platform kubernetes");
        }

        try
        {
            var deployment = await ReadOnceAsync(context, cancellationToken);
            return await deployment.IsThereAlreadyAsync(cancellationToken) ? CheckResult.Passed("The target is deployed already") : await answerAsync(deployment);
        }
        catch (StepFailedException e)
        {
            return CheckResult.Refused(e.Message, e.Remedy);
        }
    }

    /// <summary>The same as <see cref="ReadAsync"/>, read once for all checks that are asked together.</summary>
    /// <exception cref="StepFailedException">The manifests cannot be made.</exception>
    public static Task<PlannedDeployment> ReadOnceAsync(IStepContext context, CancellationToken cancellationToken) =>
        Known.GetValue(context, asked => ReadAsync(asked, cancellationToken));

    /// <summary>Reads the source and makes the manifests of the target.</summary>
    /// <exception cref="StepFailedException">The manifests cannot be made.</exception>
    public static async Task<PlannedDeployment> ReadAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var source = await KubeConnection.OpenAsync(context.Source, cancellationToken);
        var target = await KubeConnection.OpenAsync(context.Target, cancellationToken);
        var placement = new Placement(source.Namespace, target.Namespace, Placement.AreApart(context.Source, context.Target));
        var present = await Suite.ReadRecentAsync(source, cancellationToken);
        var manifests = new TargetManifests(ClusterSettings.Of(context.Target), placement, context.TargetRelease, context.Purpose != PlanPurpose.Upgrade);
        return new PlannedDeployment
        {
            Target = target,
            Placement = placement,
            Source = present,
            Wanted = present.HasPachd ? await manifests.MakeAsync(present.Deployed.Cleaned(), RunToCome, cancellationToken) : present.Deployed,
        };
    }

    /// <summary>Whether another deployment is in the place of the target already, so that nothing is deployed.</summary>
    public async Task<bool> IsThereAlreadyAsync(CancellationToken cancellationToken) =>
        Placement.IsBeside && (await Target.ListAsync("Deployment", Labels.Pachd, cancellationToken)).Count > 0;
}
