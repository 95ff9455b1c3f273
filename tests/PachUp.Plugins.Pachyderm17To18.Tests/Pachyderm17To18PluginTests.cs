using PachUp.Pachyderm;
using PachUp.Testing;

namespace PachUp.Plugins.Pachyderm17To18.Tests;

public class Pachyderm17To18PluginTests
{
    [Fact]
    public void It_offers_one_route_and_nothing_else()
    {
        var registry = new RecordingRegistry();

        new Pachyderm17To18Plugin().Register(registry);

        var route = Assert.Single(registry.Routes);
        Assert.Equal(new ReleaseLine(1, 7), route.From);
        Assert.Equal(new ReleaseLine(1, 8), route.To);
        Assert.Equal(new Release(1, 7, 14), route.AtLeast);
        Assert.Equal(
            ["objects-travel", "trees-converted", "pipelines-refused", "open-commits", "treeless-commits", "headers-footers", "output-made-by-hand", "outputs-kept"],
            route.Checks.Select(check => check.Name));
        Assert.Equal(0, registry.Others);
    }
}
