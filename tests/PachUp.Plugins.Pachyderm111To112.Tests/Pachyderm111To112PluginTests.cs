using PachUp.Pachyderm;
using PachUp.Testing;

namespace PachUp.Plugins.Pachyderm111To112.Tests;

public class Pachyderm111To112PluginTests
{
    [Fact]
    public void It_offers_one_route_and_nothing_else()
    {
        var registry = new RecordingRegistry();

        new Pachyderm111To112Plugin().Register(registry);

        var route = Assert.Single(registry.Routes);
        Assert.Equal(new ReleaseLine(1, 11), route.From);
        Assert.Equal(new ReleaseLine(1, 12), route.To);
        Assert.Equal(new Release(1, 11, 9), route.AtLeast);
        Assert.Equal(["contexts", "pipelines-refused", "open-commits"], route.Checks.Select(check => check.Name));
        Assert.Equal(0, registry.Others);
    }

    [Fact]
    public void It_expects_the_release_that_is_moved_to()
    {
        var expected = Clusters.Of(Clusters.Repo("images")).PredictTarget().Inventory;

        Assert.Equal(Route.V1_12_5, expected.Release);
        Assert.Empty(expected.ClusterId);
    }
}
