using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm112To113.Tests;

/// <summary>What the route makes of a cluster.</summary>
internal static class Route
{
    public static readonly Release V1_13_4 = new(1, 13, 4);

    public static ExpectedTarget PredictTarget(this ClusterInventory source) => new Route112To113().PredictTarget(source, V1_13_4);

    /// <summary>The operations for the target.</summary>
    public static IAsyncEnumerable<Operation> Rewrite(this ClusterInventory source, IAsyncEnumerable<Operation> stream) =>
        new Route112To113().CreateRewriter(source, V1_13_4).RewriteAsync(stream);
}
