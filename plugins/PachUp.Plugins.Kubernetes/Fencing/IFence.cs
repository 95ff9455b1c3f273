using System.Collections.Immutable;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>
/// Keeps clients out of a namespace's pachd and dash, while PachUp uses a port forward to the pod. What is needed to open it again is stored in the
/// cluster in the same request that closes it, so that it can be opened after a crash and from another machine.
/// </summary>
internal interface IFence
{
    /// <summary>What would be closed, one by one.</summary>
    Task<ImmutableArray<Effect>> PreviewAsync(CancellationToken cancellationToken);

    /// <summary>What opening would change, one by one.</summary>
    Task<ImmutableArray<Effect>> PreviewOpeningAsync(CancellationToken cancellationToken);

    /// <summary>What the user has to know about this kind of fence.</summary>
    ImmutableArray<string> Notes { get; }

    /// <summary>Closes; does nothing if it is closed.</summary>
    /// <param name="run">The id of the run, which the mark names.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task PutUpAsync(string run, CancellationToken cancellationToken);

    /// <summary>Opens; does nothing if it is open.</summary>
    Task TakeDownAsync(CancellationToken cancellationToken);

    /// <summary>A deployment that is closed from the moment it is created. Opening it is as for one that was closed later.</summary>
    /// <param name="manifests">The deployment, open.</param>
    /// <param name="run">The id of the run, which the mark names.</param>
    DeploymentManifests Closed(DeploymentManifests manifests, string run);
}
