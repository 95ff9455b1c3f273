using System.Security.Cryptography;
using System.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;
using PachUp.Testing;
using PachUp.Verification.Comparing;

namespace PachUp.Verification.Tests.Comparing;

public sealed class ObjectListingTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SandboxPair _clusters = null!;
    private PachdClient _full = null!;
    private PachdClient _empty = null!;

    private string Listing => _folder.File("listing");

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
    public async Task A_cluster_has_all_objects_that_were_listed_from_it_and_an_empty_one_has_none()
    {
        var count = await ObjectListing.SaveObjectsAsync(_full, Listing, new HashSet<string>(), CancellationToken.None);

        Assert.True(count > 0);
        AssertCounts(count, count, await ObjectListing.CompareObjectsAsync(_full, Listing, CancellationToken.None));
        AssertCounts(0, count, await ObjectListing.CompareObjectsAsync(_empty, Listing, CancellationToken.None));
    }

    [Fact]
    public async Task An_object_takes_16_bytes_in_the_file_and_so_does_the_mark_of_the_file()
    {
        var count = await ObjectListing.SaveObjectsAsync(_full, Listing, new HashSet<string>(), CancellationToken.None);

        Assert.Equal(16 * (count + 1), new FileInfo(Listing).Length);
    }

    [Fact]
    public async Task Objects_that_are_no_content_are_left_out()
    {
        var all = await _full.ListObjectsAsync().ToListAsync();

        Assert.Equal(all.Count - 2, await ObjectListing.SaveObjectsAsync(_full, Listing, all.Take(2).ToHashSet(), CancellationToken.None));
    }

    [Fact]
    public async Task Tags_of_datums_count_only_where_they_have_to_arrive()
    {
        var count = await ObjectListing.SaveTagsAsync(_full, Listing, CancellationToken.None);

        var all = await ObjectListing.CompareTagsAsync(_full, Listing, withDatums: true, CancellationToken.None);
        var others = await ObjectListing.CompareTagsAsync(_full, Listing, withDatums: false, CancellationToken.None);

        AssertCounts(count, count, all);
        Assert.True(others.Expected < count, "the recorded cluster has tags of datums");
        Assert.Equal(others.Expected, others.Kept);
    }

    [Fact]
    public async Task Tags_that_are_missing_are_counted()
    {
        var count = await ObjectListing.SaveTagsAsync(_full, Listing, CancellationToken.None);

        AssertCounts(0, count, await ObjectListing.CompareTagsAsync(_empty, Listing, withDatums: true, CancellationToken.None));
    }

    [Fact]
    public async Task Objects_that_are_missing_are_named_by_the_beginnings_of_their_hashes()
    {
        await ObjectListing.SaveObjectsAsync(_full, Listing, new HashSet<string>(), CancellationToken.None);
        var names = await _full.ListObjectsAsync().Select(hash => $"{hash[..32]}...").ToListAsync();

        var comparison = await ObjectListing.CompareObjectsAsync(_empty, Listing, CancellationToken.None);

        Assert.Equal(names.Order(StringComparer.Ordinal), comparison.Lost.Order(StringComparer.Ordinal));
        Assert.Empty((await ObjectListing.CompareObjectsAsync(_full, Listing, CancellationToken.None)).Lost);
    }

    [Fact]
    public async Task A_file_of_an_older_version_is_compared_without_names()
    {
        var hashes = await _full.ListObjectsAsync().ToListAsync();
        await File.WriteAllBytesAsync(Listing, [.. hashes.SelectMany(hash => SHA512.HashData(Encoding.UTF8.GetBytes(hash)).Take(16))]);

        AssertCounts(hashes.Count, hashes.Count, await ObjectListing.CompareObjectsAsync(_full, Listing, CancellationToken.None));
        var lost = await ObjectListing.CompareObjectsAsync(_empty, Listing, CancellationToken.None);
        AssertCounts(0, hashes.Count, lost);
        Assert.Empty(lost.Lost);
    }

    private static void AssertCounts(long kept, long expected, ListingComparison comparison) => Assert.Equal((kept, expected), (comparison.Kept, comparison.Expected));
}
