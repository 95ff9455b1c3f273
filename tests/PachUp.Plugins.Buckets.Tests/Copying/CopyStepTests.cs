using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Plugins.Buckets.Copying;
using PachUp.Plugins.Buckets.Tests.Running;
using PachUp.Plugins.Buckets.Tests.Stores;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Plugins.Buckets.Tests.Copying;

public sealed class CopyStepTests : IDisposable
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RcloneFact]
    public async Task Objects_blocks_and_tags_of_a_folder_are_copied_and_nothing_else()
    {
        StorageFolder.Fill(_folder.File("from"));
        StorageFolder.Write(_folder.File("from"), "0c5619a9/chunk/1", "cache of a worker");

        var result = await new CopyStep().ExecuteAsync(Arguments(), Execution(new Release(1, 9, 0)), Stop);

        Assert.Equal(
            ["pach/block/b1-index: index of block 1", "pach/block/b1: block 1", "pach/object/aa: object a", "pach/tag/t1: tag 1"],
            StorageFolder.Read(_folder.File("to")));
        Assert.StartsWith("Copied 4 keys with 36 B to ", result.Summary, StringComparison.Ordinal);
    }

    [RcloneFact]
    public async Task Releases_from_1_9_10_on_get_the_objects_without_the_folder_pach()
    {
        StorageFolder.Fill(_folder.File("from"));

        await new CopyStep().ExecuteAsync(Arguments(), Execution(new Release(1, 9, 12)), Stop);

        Assert.Contains("object/aa: object a", StorageFolder.Read(_folder.File("to")));
    }

    [RcloneFact]
    public async Task Passes_go_on_while_the_source_is_written_to_and_each_says_what_it_copied()
    {
        StorageFolder.Fill(_folder.File("from"));
        StorageFolder.Write(_folder.File("from"), "pach/block/large", new string('x', 100_000));
        var execution = Execution(new Release(1, 9, 0));
        var written = 0;
        execution.OnRecord = _ => StorageFolder.Write(_folder.File("from"), $"pach/block/new{written++}", new string('y', written == 1 ? 50_000 : 100));

        var result = await new CopyStep().ExecuteAsync(Arguments(), execution, Stop);

        Assert.Equal(
            [
                "pass 1 copied 5 keys with 97.7 KB",
                "pass 2 copied 1 key with 48.8 KB",
                "pass 3 copied 1 key with 100 B",
            ],
            execution.Reports.Where(report => report.IsNews).Select(report => report.Text.Split(" in ")[0]));
        Assert.Contains("the second pass shows how long a last pass would take", result.Notes[0], StringComparison.Ordinal);
        Assert.Contains("if writers stopped now, the last pass would take about", result.Notes[1], StringComparison.Ordinal);
    }

    [RcloneFact]
    public async Task A_resumed_copy_makes_only_the_passes_that_are_left_and_completes_what_was_cut_off()
    {
        StorageFolder.Fill(_folder.File("from"));
        var execution = Execution(new Release(1, 9, 0));
        await new CopyStep().ExecuteAsync(Arguments() with { Until = "1" }, execution, Stop);
        StorageFolder.Write(_folder.File("to"), "pach/block/b1", "blo");

        await new CopyStep().ExecuteAsync(Arguments() with { Until = "2" }, execution, Stop);

        Assert.Equal(2, execution.Checkpoints.Count);
        Assert.Contains("pach/block/b1: block 1", StorageFolder.Read(_folder.File("to")));
    }

    [RcloneFact]
    public async Task Nothing_is_deleted_in_the_target()
    {
        StorageFolder.Fill(_folder.File("from"));
        await new CopyStep().ExecuteAsync(Arguments(), Execution(new Release(1, 9, 0)), Stop);
        File.Delete(_folder.File("from/pach/block/b1"));

        await new CopyStep().ExecuteAsync(Arguments(), Execution(new Release(1, 9, 0)), Stop);

        Assert.Contains("pach/block/b1: block 1", StorageFolder.Read(_folder.File("to")));
    }

    [RcloneFact]
    public async Task A_bucket_is_copied_into_another_with_odd_keys_and_content()
    {
        using var store = new SmallStore();
        store.Put("old", "pach/object/aa", "object a");
        store.Put("old", "pach/block/b +&?#%1", "odd");
        store.Put("old", "logs/today", "not of pachd");
        store.Buckets.Add("new");

        await new CopyStep().ExecuteAsync(Arguments(store), Execution(new Release(1, 9, 12)), Stop);

        Assert.Equal(["new/pach/block/b +&?#%1", "new/pach/object/aa"], store.Objects.Keys.Where(key => key.StartsWith("new/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(store.Calls, call => call.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [RcloneFact]
    public async Task A_local_storage_folder_is_copied_into_a_bucket_under_the_prefix_pach()
    {
        using var store = new SmallStore();
        store.Buckets.Add("new");
        StorageFolder.Write(_folder.File("from"), "object/aa", "object a");

        await new CopyStep().ExecuteAsync(
            Arguments(store) with { From = _folder.File("from") }, Execution(new Release(1, 9, 12)), Stop);

        Assert.Equal(["new/pach/object/aa"], store.Objects.Keys);
    }

    [Fact]
    public async Task Without_buckets_nothing_is_copied_and_the_plan_says_what_it_does_instead()
    {
        var preview = await new CopyStep().PreviewAsync(new CopyArguments(), Execution(new Release(1, 9, 0)), Stop);

        Assert.Equal("Copies nothing: the plan names no buckets (sourceBucket, targetBucket)", preview.Summary);
        Assert.Contains("objects=false", preview.Notes[0], StringComparison.Ordinal);
        Assert.Equal(
            "Copied nothing: the plan names no buckets (sourceBucket, targetBucket)",
            (await new CopyStep().ExecuteAsync(new CopyArguments(), Execution(new Release(1, 9, 0)), Stop)).Summary);
    }

    [Theory]
    [InlineData("/a", "", "the plan names the bucket of the source, but not that of the target")]
    [InlineData("/a/b", "/a", "source and target have the same bucket: /a/b and /a")]
    [InlineData("s3://a", "s3://a/pach?region=x", "source and target have the same bucket: s3://a and s3://a/pach")]
    [InlineData("ftp://a", "/b", "\"ftp://a\" is not the location of a bucket: this kind of storage is not known")]
    public async Task Buckets_that_cannot_be_copied_are_refused_in_the_plan(string from, string to, string message)
    {
        var refusal = await Assert.ThrowsAsync<StepFailedException>(
            () => new CopyStep().PreviewAsync(new CopyArguments { From = from, To = to }, Execution(new Release(1, 9, 0)), Stop));

        Assert.Equal((message, FailureKind.Refused), (refusal.Message, refusal.Kind));
    }

    [Fact]
    public async Task In_place_the_bucket_is_not_copied()
    {
        var refusal = await Assert.ThrowsAsync<StepFailedException>(
            () => new CopyStep().PreviewAsync(Arguments(), Execution(new Release(1, 9, 0)) with { IsInPlace = true }, Stop));

        Assert.Contains("the plan is in place", refusal.Message, StringComparison.Ordinal);
    }

    private CopyArguments Arguments() => new() { From = _folder.File("from"), To = _folder.File("to") };

    private static CopyArguments Arguments(SmallStore store) => new()
    {
        From = store.Location("old"),
        To = store.Location("new"),
        FromKey = "reader",
        FromSecret = "reader's secret",
        ToKey = "writer",
        ToSecret = "writer's secret",
    };

    private StandInExecution Execution(Release target) =>
        StandInExecution.Of(new ClusterInventory { Release = new Release(1, 8, 7), ClusterId = "c" }) with { TargetRelease = target, RunDirectory = _folder.Path };
}
