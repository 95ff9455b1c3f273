using PachUp.Pachyderm;
using PachUp.Testing;

namespace PachUp.Plugins.Pachyderm19To110.Tests;

public class Pachyderm19To110PluginTests
{
    [Fact]
    public void It_offers_one_route_and_nothing_else()
    {
        var registry = new RecordingRegistry();

        new Pachyderm19To110Plugin().Register(registry);

        var route = Assert.Single(registry.Routes);
        Assert.Equal(new ReleaseLine(1, 9), route.From);
        Assert.Equal(new ReleaseLine(1, 10), route.To);
        Assert.Equal(new Release(1, 9, 12), route.AtLeast);
        Assert.Equal(["license", "contexts", "pipelines-refused", "open-commits"], route.Checks.Select(check => check.Name));
        Assert.Equal(0, registry.Others);
    }

    [Fact]
    public void It_expects_the_release_that_is_moved_to()
    {
        var expected = Clusters.Of(Clusters.Repo("images")).PredictTarget().Inventory;

        Assert.Equal(Route.V1_10_5, expected.Release);
        Assert.Empty(expected.ClusterId);
    }
}
