using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>
/// Finds out before the first deletion whether the API server accepts the objects of the target, and those of the source, which a rollback creates again.
/// </summary>
internal static class TargetAcceptance
{
    /// <summary>The objects that the server would refuse, each with the answer of the server; null if the server cannot be asked.</summary>
    /// <param name="context">The clusters of the plan.</param>
    /// <param name="mayCreate">Whether copies without pods may be created and deleted, if the server has no dry run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">The manifests cannot be made.</exception>
    public static async Task<IReadOnlyList<string>?> FindRefusalsAsync(IStepContext context, bool mayCreate, CancellationToken cancellationToken)
    {
        var source = await KubeConnection.OpenAsync(context.Source, cancellationToken);
        var target = await KubeConnection.OpenAsync(context.Target, cancellationToken);
        var placement = new Placement(source.Namespace, target.Namespace, Placement.AreApart(context.Source, context.Target));
        var hasDryRun = (await ServerVersion.ReadAsync(target, cancellationToken)).HasDryRun;
        if ((!hasDryRun && !mayCreate) || (placement.IsBeside && !await new Applier(target).HasNamespaceAsync(cancellationToken)))
        {
            return null;
        }

        var present = (await Suite.ReadAsync(source, cancellationToken)).Deployed;
        var saved = present.Cleaned();
        var wanted = await new TargetManifests(ClusterSettings.Of(context.Target), placement, context.TargetRelease, context.Purpose != PlanPurpose.Upgrade)
            .MakeAsync(saved, run: "", cancellationToken);
        if (!hasDryRun)
        {
            return await new Probe(target).RefusalsAsync(wanted, cancellationToken);
        }

        var dryRun = new DryRun(target);
        return placement.IsBeside
            ? await dryRun.RefusalsAsync(wanted, new DeploymentManifests([]), cancellationToken)
            : [.. Of($"{context.TargetRelease}", await dryRun.RefusalsAsync(wanted, present, cancellationToken)),
               .. Of("the present deployment", await dryRun.RefusalsAsync(saved, present, cancellationToken))];
    }

    private static IEnumerable<string> Of(string deployment, IEnumerable<string> refusals) => refusals.Select(refusal => $"{deployment}: {refusal}");
}
