using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm110To111.Tests;

/// <summary>What the route makes of a cluster.</summary>
internal static class Route
{
    public static readonly Release V1_11_9 = new(1, 11, 9);

    public static ExpectedTarget PredictTarget(this ClusterInventory source) => new Route110To111().PredictTarget(source, V1_11_9);

    /// <summary>The operations for the target.</summary>
    public static IAsyncEnumerable<Operation> Rewrite(this ClusterInventory source, IAsyncEnumerable<Operation> stream) =>
        new Route110To111().CreateRewriter(source, V1_11_9).RewriteAsync(stream);
}
