using PachUp.Sdk.Testing;

namespace PachUp.Plugins.Kubernetes.Tests;

/// <summary>
/// What every plugin owes, as far as it can be asked of one that offers a platform and a check: what the platform does to deployments is tried against
/// an API server by the other tests.
/// </summary>
public class ConformanceTests
{
    private static readonly PluginConformance Plugin = PluginConformance.Of("plugins/PachUp.Plugins.Kubernetes");

    [Theory]
    [InlineData(ConformanceRules.PluginLoads)]
    [InlineData(ConformanceRules.OffersAreDescribed)]
    public Task It_keeps(string rule) => Plugin.CheckAsync(rule);
}
