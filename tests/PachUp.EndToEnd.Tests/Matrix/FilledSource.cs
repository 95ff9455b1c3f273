using PachUp.Sandbox;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>A cluster with the content of a recorded archive, and its content at the start.</summary>
internal sealed class FilledSource : IAsyncDisposable
{
    private readonly IReadOnlySet<string> _before;

    private FilledSource(SandboxCluster cluster, IReadOnlySet<string> before, IReadOnlySet<string> known) => (Cluster, _before, KnownIds) = (cluster, before, known);

    public SandboxCluster Cluster { get; }

    /// <summary>The ids that are equal wherever the archive is restored.</summary>
    public IReadOnlySet<string> KnownIds { get; }

    /// <summary>Fills a cluster.</summary>
    public static async Task<FilledSource> FillAsync(SandboxCluster cluster, string archive)
    {
        await cluster.FillAsync(archive);
        return new FilledSource(cluster, await InventoryText.IdsOfAsync(cluster), await InventoryText.IdsInAsync(archive));
    }

    /// <summary>Its content, without the effects of starting its pipelines again.</summary>
    public Task<string> WithoutRestartsAsync() => InventoryText.OfAsync(Cluster, _before, leaveOutRestarts: true);

    /// <summary>Its content that must be equal in every environment.</summary>
    public Task<string> DescribeAsync() => InventoryText.OfAsync(Cluster, KnownIds);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
