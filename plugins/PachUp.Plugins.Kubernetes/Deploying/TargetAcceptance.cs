using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>
/// Finds out before the first deletion whether the API server accepts the objects of the target, and those of the source, which a rollback creates again.
/// </summary>
internal static class TargetAcceptance
{
    /// <summary>The objects that the server would refuse, each with the answer of the server; null if the server cannot be asked.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="mayCreate">Whether copies without pods may be created and deleted, if the server has no dry run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<string>?> FindRefusalsAsync(PlannedDeployment deployment, bool mayCreate, CancellationToken cancellationToken)
    {
        var (target, placement) = (deployment.Target, deployment.Placement);
        if (placement.IsBeside && !await new Applier(target).HasNamespaceAsync(cancellationToken))
        {
            return null;
        }

        if (!(await ServerVersion.ReadAsync(target, cancellationToken)).HasDryRun)
        {
            return mayCreate ? await new Probe(target).RefusalsAsync(deployment.Wanted, cancellationToken) : null;
        }

        var dryRun = new DryRun(target);
        return placement.IsBeside
            ? await dryRun.RefusalsAsync(deployment.Wanted, new DeploymentManifests([]), cancellationToken)
            : [.. Of("the new deployment", await dryRun.RefusalsAsync(deployment.Wanted, deployment.Source.Deployed, cancellationToken)),
               .. Of("the present deployment", await dryRun.RefusalsAsync(deployment.Saved, deployment.Source.Deployed, cancellationToken))];
    }

    private static IEnumerable<string> Of(string deployment, IEnumerable<string> refusals) => refusals.Select(refusal => $"{deployment}: {refusal}");
}
