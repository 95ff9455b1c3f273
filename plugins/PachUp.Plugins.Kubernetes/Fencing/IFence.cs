using System.Collections.Immutable;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>
/// Keeps clients out of a namespace's pachd and dash, while PachUp comes in through a port forward to the pod. What it takes to open it again exactly
/// is kept in the cluster, in the same request that closes: a crash in between, or another machine, makes no difference.
/// </summary>
internal interface IFence
{
    /// <summary>What would be closed, thing by thing.</summary>
    Task<ImmutableArray<Effect>> PreviewAsync(CancellationToken cancellationToken);

    /// <summary>What opening would do, thing by thing.</summary>
    Task<ImmutableArray<Effect>> PreviewOpeningAsync(CancellationToken cancellationToken);

    /// <summary>What has to be known about this way.</summary>
    ImmutableArray<string> Notes { get; }

    /// <summary>Puts it up; harmless where it is up.</summary>
    /// <param name="run">The id of the run, for whoever asks who did this.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task PutUpAsync(string run, CancellationToken cancellationToken);

    /// <summary>Takes it down; harmless where it is down.</summary>
    Task TakeDownAsync(CancellationToken cancellationToken);
}
