using PachUp.Pachyderm;
using PachUp.Testing;

namespace PachUp.Plugins.Pachyderm18To19.Tests;

public class Pachyderm18To19PluginTests
{
    [Fact]
    public void It_offers_one_route_and_nothing_else()
    {
        var registry = new RecordingRegistry();

        new Pachyderm18To19Plugin().Register(registry);

        var route = Assert.Single(registry.Routes);
        Assert.Equal(new ReleaseLine(1, 8), route.From);
        Assert.Equal(new ReleaseLine(1, 9), route.To);
        Assert.Equal(new Release(1, 8, 7), route.AtLeast);
        Assert.Equal(["names-collide", "pipelines-refused", "open-commits", "treeless-commits", "output-made-by-hand", "outputs-kept"], route.Checks.Select(check => check.Name));
        Assert.Equal(0, registry.Others);
    }

    [Fact]
    public void It_expects_the_release_that_is_moved_to()
    {
        var expected = Clusters.Of(Clusters.Repo("images")).PredictTarget(Route.V1_9_12).Inventory;

        Assert.Equal(Route.V1_9_12, expected.Release);
        Assert.Empty(expected.ClusterId);
    }
}
