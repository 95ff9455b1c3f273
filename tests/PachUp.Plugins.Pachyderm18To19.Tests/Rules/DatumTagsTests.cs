using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Testing;
using static PachUp.Plugins.Pachyderm18To19.Tests.Route;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

/// <summary>What workers find, and would skip a datum for.</summary>
public class DatumTagsTests
{
    private static readonly MigrationOptions WithObjects = new() { CarriesObjects = true };
    private static readonly string Datum = "0f3a" + new string('7', 64);

    [Fact]
    public async Task Tags_of_datums_are_not_sent_and_others_are()
    {
        Operation[] stream = [Streams.Tag("abc", Datum), Streams.Tag("def", Datum + "_stats"), Streams.Tag("fed", "mine"), Streams.Tag("cba", "mine too", Datum)];

        var sent = await Rewrite(stream).Select(operation => string.Join(' ', operation.AsTag().Tags.Select(tag => tag.Name))).ToListAsync();

        Assert.Equal(["mine", "mine too"], sent);
    }

    [Fact]
    public void Where_objects_are_sent_they_are_announced_and_not_expected()
    {
        var source = Source() with { Tags = 12 };

        var expectedTarget = new Route18To19().PredictTarget(source, V1_9_0, WithObjects);

        Assert.Equal(
            ["LeftOut Tag all datums: their results (content is sent as objects, which the target puts into new blocks, but results name the old blocks; a copy of the bucket keeps them)"],
            expectedTarget.Said("datum-tag"));
        Assert.Null(expectedTarget.Inventory.Tags);
        Assert.EndsWith("the target computes it, processing every datum again)", Assert.Single(expectedTarget.Said("output-repo")), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_bucket_is_there_nothing_changes()
    {
        var expectedTarget = new Route18To19().PredictTarget(Source() with { Tags = 12 }, V1_9_0);

        Assert.Empty(expectedTarget.Said("datum-tag"));
        Assert.Equal(12, expectedTarget.Inventory.Tags);
        Assert.EndsWith("without processing datums again that were already processed)", Assert.Single(expectedTarget.Said("output-repo")), StringComparison.Ordinal);
    }

    private static ClusterInventory Source()
    {
        var edges = Pipeline("edges", Pfs("images"));
        edges.Salt = "salt";
        return Clusters.Of(Repo("edges"), Repo("images", Commit("a1")).With(Branch("master", "a1"))).Running(edges);
    }

    private static IAsyncEnumerable<Operation> Rewrite(IEnumerable<Operation> stream) =>
        new Route18To19().CreateRewriter(Clusters.Of(), V1_9_0, WithObjects).RewriteAsync(stream.ToAsyncEnumerable());
}
