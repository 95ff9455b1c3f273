using System.Collections.Immutable;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Routes;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Routes;

public class MigrationPathFinderTests
{
    private static readonly ImmutableArray<MigrationRoute> Routes =
    [
        new PaperRoute(new(1, 7), new(1, 8), new(1, 7, 14)),
        new PaperRoute(new(1, 8), new(1, 9), new(1, 8, 7)),
        new PaperRoute(new(1, 7), new(1, 9), new(1, 7, 14)),
    ];

    private static readonly ImmutableArray<ShippedPlan> Plans =
    [
        new("up", "", "") { Purpose = PlanPurpose.Upgrade, Downtime = Downtime.Cluster },
        new("seven-to-eight", "", "") { Purpose = PlanPurpose.Migration, FromLine = new(1, 7), ToLine = new(1, 8), Downtime = Downtime.Cluster },
        new("beside", "", "") { Purpose = PlanPurpose.Migration, FromLine = new(1, 7), ToLine = new(1, 8), Downtime = Downtime.Writers },
        new("again", "", "") { Purpose = PlanPurpose.Reload, FromLine = new(1, 7), ToLine = new(1, 8) },
    ];

    [Theory]
    [InlineData("1.7.9", "1.9.12", "upgrade 1.7.14, migrate 1.8.8, migrate 1.9.12")]
    [InlineData("1.7.14", "1.8.7", "migrate 1.8.7")]
    [InlineData("1.8.7", "1.9.0", "migrate 1.9.0")]
    [InlineData("1.8.0", "1.9.12", "upgrade 1.8.8, migrate 1.9.12")]
    [InlineData("1.9.0", "1.9.12", "upgrade 1.9.12")]
    [InlineData("1.9.0-custom", "1.9.12", "upgrade 1.9.12")]
    public void The_path_visits_every_line(string from, string to, string way)
    {
        var itinerary = Find(from, to);

        Assert.Equal(MigrationPathOutcome.Found, itinerary.Outcome);
        Assert.Equal(way, string.Join(", ", itinerary.Hops.Select(hop => $"{hop.Kind.ToString().ToLowerInvariant()} {hop.To}")));
    }

    [Theory]
    [InlineData("1.9.12", "1.9.12", MigrationPathOutcome.AlreadyThere)]
    [InlineData("1.9.12", "1.8.8", MigrationPathOutcome.Back)]
    [InlineData("1.9.12", "1.9.0", MigrationPathOutcome.Back)]
    [InlineData("1.9.12", "1.10.0", MigrationPathOutcome.NoWay)]
    [InlineData("1.6.0", "1.9.12", MigrationPathOutcome.NoWay)]
    public void A_missing_path_is_explained(string from, string to, MigrationPathOutcome outcome)
    {
        var itinerary = Find(from, to);

        Assert.Equal(outcome, itinerary.Outcome);
        Assert.NotEmpty(itinerary.Reason);
        Assert.Empty(itinerary.Hops);
    }

    [Fact]
    public void A_shorter_path_is_an_alternative()
    {
        var shorter = Assert.Single(Find("1.7.14", "1.9.12").Alternatives);

        Assert.Equal(new Release(1, 9, 12), Assert.Single(shorter.Hops).To);
        Assert.StartsWith("1 step less", shorter.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hop_names_the_plan_in_place_first_and_the_others_after_it()
    {
        var hop = Find("1.7.14", "1.8.8").Hops[0];

        Assert.Equal("seven-to-eight", hop.Plan);
        Assert.Equal(["beside", "again"], hop.OtherPlans.AsEnumerable());
        Assert.Equal(Downtime.Cluster, hop.Downtime);
    }

    [Fact]
    public void A_hop_without_a_plan_has_no_plan_name() => Assert.Null(Find("1.8.8", "1.9.12").Hops[0].Plan);

    [Theory]
    [InlineData("1.8.7", "1.9.12", "1.8.8 is the latest release of line 1.8: upgrade to it first")]
    [InlineData("1.8.8", "1.9.0", "Consider --to 1.9.12")]
    [InlineData("1.9.0", "1.9.5", "Consider --to 1.9.12")]
    public void A_hop_warns_of_outdated_releases(string from, string to, string warning) =>
        Assert.Contains(Find(from, to).Hops[0].Warnings, found => found.StartsWith(warning, StringComparison.Ordinal));

    [Fact]
    public void A_custom_build_of_the_wanted_release_is_there_already() =>
        Assert.Equal((MigrationPathOutcome.AlreadyThere, "The cluster already runs 1.9.12-custom. There is nothing to do."), Answer(Find("1.9.12-custom", "1.9.12")));

    [Fact]
    public void A_way_back_is_refused_with_what_to_do_instead() =>
        Assert.Equal(
            (MigrationPathOutcome.Back, "1.8.8 is older than 1.9.12. An older pachd cannot read the metadata of a later one. To go back, restore a backup into a new, empty cluster of 1.8.8."),
            Answer(Find("1.9.12", "1.8.8")));

    [Fact]
    public void Where_nobody_knows_the_way_the_known_ones_are_named() =>
        Assert.Equal(
            (MigrationPathOutcome.NoWay, "No plugin offers a path from 1.9 to 1.10. Known routes: 1.7 to 1.8, 1.7 to 1.9, 1.8 to 1.9. \"pachup plugin list\" shows the plugins."),
            Answer(Find("1.9.12", "1.10.0")));

    [Fact]
    public void Without_plugins_no_way_is_known() =>
        Assert.Contains("Known routes: none", new MigrationPathFinder([], ReleaseCatalogue.BuiltIn, Plans).Find(new(1, 8, 8), new(1, 9, 12)).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_line_of_which_no_release_is_known_is_no_stop_on_the_way()
    {
        ImmutableArray<MigrationRoute> routes =
        [
            new PaperRoute(new(1, 8), new(1, 99), new(1, 8, 7)),
            new PaperRoute(new(1, 99), new(2, 0), new(1, 99, 0)),
        ];

        Assert.Equal(MigrationPathOutcome.NoWay, new MigrationPathFinder(routes, ReleaseCatalogue.BuiltIn, Plans).Find(new(1, 8, 8), new(2, 0, 0)).Outcome);
    }

    [Fact]
    public void A_source_that_no_point_release_makes_new_enough_has_no_way()
    {
        ImmutableArray<MigrationRoute> routes = [new PaperRoute(new(1, 8), new(1, 9), new(1, 8, 99))];

        Assert.Equal(MigrationPathOutcome.NoWay, new MigrationPathFinder(routes, ReleaseCatalogue.BuiltIn, Plans).Find(new(1, 8, 8), new(1, 9, 12)).Outcome);
    }

    [Fact]
    public void Two_ways_with_as_many_steps_are_both_named()
    {
        ImmutableArray<MigrationRoute> routes =
        [
            new PaperRoute(new(1, 7), new(1, 8), new(1, 7, 14)),
            new PaperRoute(new(1, 8), new(1, 10), new(1, 8, 7)),
            new PaperRoute(new(1, 7), new(1, 9), new(1, 7, 14)),
            new PaperRoute(new(1, 9), new(1, 10), new(1, 9, 0)),
        ];

        var path = new MigrationPathFinder(routes, ReleaseCatalogue.BuiltIn, Plans).Find(new(1, 7, 14), new(1, 10, 5));

        Assert.Equal("The same number of steps, through other lines.", Assert.Single(path.Alternatives).Remark);
    }

    private static (MigrationPathOutcome Outcome, string Reason) Answer(MigrationPath path) => (path.Outcome, path.Reason);

    private static MigrationPath Find(string from, string to) =>
        new MigrationPathFinder(Routes, ReleaseCatalogue.BuiltIn, Plans).Find(Release.Parse(from), Release.Parse(to));

    private sealed class PaperRoute(ReleaseLine from, ReleaseLine to, Release atLeast) : MigrationRoute
    {
        public override ReleaseLine From => from;

        public override ReleaseLine To => to;

        public override Release AtLeast => atLeast;

        public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options) => throw new NotSupportedException();

        public override IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options) =>
            throw new NotSupportedException();
    }
}
