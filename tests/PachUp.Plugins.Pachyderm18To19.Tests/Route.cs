using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Testing;

namespace PachUp.Plugins.Pachyderm18To19.Tests;

/// <summary>What the route makes of a cluster.</summary>
internal static class Route
{
    public static readonly Release V1_9_0 = new(1, 9, 0);
    public static readonly Release V1_9_12 = new(1, 9, 12);

    public static ExpectedTarget PredictTarget(this ClusterInventory source, Release? target = null) => new Route18To19().PredictTarget(source, target ?? V1_9_0);

    /// <summary>What it makes of a cluster of 1.8.8 that was built by calls.</summary>
    public static async Task<ExpectedTarget> PredictTargetAsync(this Cluster source, Release target, MigrationOptions? options = null)
    {
        await using var sandbox = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 8) });
        await source.MakeAsync(sandbox);
        await using var client = PachdClient.Create(sandbox.Address);
        var inventory = await InventoryReader.ReadAsync(client, new InventoryOptions { ProbeFiles = true });
        return new Route18To19().PredictTarget(inventory, target, options ?? MigrationOptions.Default);
    }

    /// <summary>What a rule announced, a line for each.</summary>
    public static IReadOnlyList<string> Said(this ExpectedTarget expectedTarget, string rule) =>
        [.. expectedTarget.Changes.Where(change => change.Rule == rule).Select(change => $"{change.Kind} {change.Item.Kind} {change.Item.Name}: {change.Item.Detail} ({change.Why})".Replace(":  (", ": (", StringComparison.Ordinal))];

    /// <summary>The stream for the target, as text.</summary>
    public static Task<string> RewriteAsync(this ClusterInventory source, IEnumerable<Operation> stream, Release? target = null) =>
        StreamText.OfAsync(new Route18To19().CreateRewriter(source, target ?? V1_9_0).RewriteAsync(stream.ToAsyncEnumerable()));
}
