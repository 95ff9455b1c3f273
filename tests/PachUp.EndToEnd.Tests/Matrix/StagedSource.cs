using PachUp.Sandbox;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>A cluster that was filled with a recorded archive, and what it held then.</summary>
internal sealed class StagedSource : IAsyncDisposable
{
    private readonly IReadOnlySet<string> _before;

    private StagedSource(SandboxCluster cluster, IReadOnlySet<string> before, IReadOnlySet<string> known) => (Cluster, _before, KnownIds) = (cluster, before, known);

    public SandboxCluster Cluster { get; }

    /// <summary>The ids that are the same ones wherever the archive is restored.</summary>
    public IReadOnlySet<string> KnownIds { get; }

    /// <summary>Fills a cluster.</summary>
    public static async Task<StagedSource> FillAsync(SandboxCluster cluster, string archive)
    {
        await cluster.FillAsync(archive);
        return new StagedSource(cluster, await InventoryText.IdsOfAsync(cluster), await InventoryText.IdsInAsync(archive));
    }

    /// <summary>What it holds, but for what starting its pipelines again has made.</summary>
    public Task<string> WithoutRestartsAsync() => InventoryText.OfAsync(Cluster, _before, leaveOutRestarts: true);

    /// <summary>What it holds, as far as it is the same on every stage.</summary>
    public Task<string> DescribeAsync() => InventoryText.OfAsync(Cluster, KnownIds);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
