using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Settings;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>Makes the manifests of a release, like the source or as the plan says.</summary>
/// <param name="settings">The plan's settings for the target.</param>
/// <param name="placement">Where it is deployed.</param>
/// <param name="release">The release.</param>
/// <param name="freshMetadata">Whether it starts with empty metadata storage.</param>
internal sealed class TargetManifests(ClusterSettings settings, Placement placement, Release release, bool freshMetadata)
{
    /// <summary>The manifests.</summary>
    /// <param name="model">The deployment to copy.</param>
    /// <param name="run">The id of the run, after which fresh storage is named.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<DeploymentManifests> MakeAsync(DeploymentManifests model, string run, CancellationToken cancellationToken)
    {
        var manifests = settings switch
        {
            { Manifests: { } folder } => ManifestFolder.Read(folder),
            { PachctlArguments: { } arguments } => Fit(
                CarriedAdditions.In(await PachctlManifests.PrintAsync(settings.PachctlPath, arguments, release, placement.To, cancellationToken), model), run),
            _ => Fit(new ReleaseManifests(release).From(model), run),
        };
        return settings.Bucket is { } bucket ? OtherBucket.In(manifests, bucket) : manifests;
    }

    /// <summary>Separates a deployment from the existing metadata and from the other deployment.</summary>
    private DeploymentManifests Fit(DeploymentManifests manifests, string run)
    {
        var fresh = freshMetadata ? new FreshMetadata(release, run, placement.IsBeside).In(manifests) : manifests;
        return new SideBySide(placement.From, placement.To).Move(fresh);
    }
}
