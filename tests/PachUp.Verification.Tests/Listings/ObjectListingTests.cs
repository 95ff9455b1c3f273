using System.Security.Cryptography;
using System.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;
using PachUp.Testing;
using PachUp.Verification.Listings;
using PachUp.Verification.Records;

namespace PachUp.Verification.Tests.Listings;

public sealed class ObjectListingTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SandboxPair _clusters = null!;
    private PachdClient _full = null!;
    private PachdClient _empty = null!;

    private string Objects => _folder.File(RecordFiles.SourceObjects);

    private string Tags => _folder.File(RecordFiles.SourceTags);

    private ObjectListing Listing => ObjectListing.OfRun(_folder.Path);

    public async Task InitializeAsync()
    {
        var options = new SandboxOptions { Release = new Release(1, 8, 7), ExposeObjectApi = true };
        _clusters = await SandboxPair.StartAsync(options, options, sharesBucket: false);
        await Cluster.Recorded("1.8.7-worked").MakeAsync(_clusters.Source.Cluster);
        (_full, _empty) = (PachdClient.Create(_clusters.Source.Address), PachdClient.Create(_clusters.Target.Address));
    }

    public async Task DisposeAsync()
    {
        await _full.DisposeAsync();
        await _empty.DisposeAsync();
        await _clusters.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_cluster_has_everything_that_was_listed_from_it_and_an_empty_one_has_nothing()
    {
        var count = await SaveAsync();

        var (full, empty) = (await CompareAsync(_full), await CompareAsync(_empty));

        Assert.True(count is { Objects: > 0, Tags: > 0 });
        AssertKept(count.Objects, count.Objects, full.Objects);
        AssertKept(count.Tags, count.Tags, full.Tags);
        AssertKept(0, count.Objects, empty.Objects);
        AssertKept(0, count.Tags, empty.Tags);
    }

    [Fact]
    public async Task Everything_that_is_missing_is_named_objects_by_the_beginning_of_their_hash_and_tags_in_full()
    {
        await SaveAsync();
        var objects = await _full.ListObjectsAsync().Select(hash => $"{hash[..32]}...").ToListAsync();
        var tags = await _full.ListTagsAsync().Select(tag => tag.Tag).ToListAsync();

        var missing = await CompareAsync(_empty);

        Assert.Equal(objects.Order(StringComparer.Ordinal), missing.Objects.Lost.Order(StringComparer.Ordinal));
        Assert.Equal(tags.Order(StringComparer.Ordinal), missing.Tags.Lost.Order(StringComparer.Ordinal));
        Assert.Empty((await CompareAsync(_full)).Tags.Lost);
    }

    [Fact]
    public async Task A_listing_is_small_on_disk()
    {
        var count = await SaveAsync();
        var datumTags = await _full.ListTagsAsync().CountAsync(tag => DatumTag.IsDatumTag(tag.Tag));

        Assert.Equal(16 * (count.Objects + 1), new FileInfo(Objects).Length);
        Assert.Equal(count.Tags, datumTags);
        Assert.InRange(new FileInfo(Tags).Length, 52 * datumTags, 60 * datumTags);
    }

    [Fact]
    public async Task Objects_that_are_no_content_are_left_out()
    {
        var all = await _full.ListObjectsAsync().ToListAsync();

        Assert.Equal(all.Count - 2, (await SaveAsync(all.Take(2).ToHashSet())).Objects);
    }

    [Fact]
    public async Task Tags_of_datums_count_only_where_they_have_to_arrive()
    {
        var count = await SaveAsync();

        var others = await CompareAsync(_full, new ListingOptions { WithDatumTags = false });

        Assert.True(others.Tags.Expected < count.Tags, "the recorded cluster has tags of datums");
        Assert.Equal(others.Tags.Expected, others.Tags.Kept);
    }

    [Fact]
    public async Task Files_of_an_older_version_are_compared_without_names()
    {
        var hashes = await _full.ListObjectsAsync().ToListAsync();
        var tags = await _full.ListTagsAsync().Select(tag => $"{tag.Tag}\0{tag.ObjectHash}").ToListAsync();
        await File.WriteAllBytesAsync(Objects, [.. hashes.SelectMany(KeyOf)]);
        await File.WriteAllBytesAsync(Tags, [.. tags.SelectMany(KeyOf)]);

        var (full, empty) = (await CompareAsync(_full), await CompareAsync(_empty));

        AssertKept(hashes.Count, hashes.Count, full.Objects);
        AssertKept(0, hashes.Count, empty.Objects);
        Assert.Empty(empty.Objects.Lost);
        Assert.Equal(tags.Count, empty.Tags.Expected);
        Assert.Empty(empty.Tags.Lost);
    }

    [Fact]
    public async Task The_progress_counts_against_what_was_listed()
    {
        var count = await SaveAsync();
        var reports = new List<Sdk.StepProgress>();

        await Listing.CompareAsync(_full, new ListingOptions { Expected = count }, new Common.InlineProgress<Sdk.StepProgress>(reports.Add), CancellationToken.None);

        Assert.Equal(
            [new Sdk.StepProgress("comparing objects", 0, count.Objects, "objects"), new Sdk.StepProgress("comparing tags", 0, count.Tags, "tags")],
            reports);
    }

    [Fact]
    public async Task The_listing_beside_an_inventory_is_found_by_the_name_of_the_inventory()
    {
        await SaveAsync();

        Assert.NotNull(ObjectListing.TryFindBeside(_folder.File("source.inventory.json")));
        Assert.Null(ObjectListing.TryFindBeside(_folder.File("target.inventory.json")));
    }

    private Task<ListedCounts> SaveAsync(HashSet<string>? except = null) => Listing.SaveAsync(_full, except ?? [], progress: null, CancellationToken.None);

    private Task<ListingComparison> CompareAsync(PachdClient client, ListingOptions? options = null) =>
        Listing.CompareAsync(client, options ?? new ListingOptions(), progress: null, CancellationToken.None);

    private static IEnumerable<byte> KeyOf(string text) => SHA512.HashData(Encoding.UTF8.GetBytes(text)).Take(16);

    private static void AssertKept(long? kept, long? expected, ListedThings things) => Assert.Equal((kept, expected), (things.Kept, things.Expected));
}
