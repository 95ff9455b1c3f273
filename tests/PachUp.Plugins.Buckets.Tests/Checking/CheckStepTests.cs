using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Plugins.Buckets.Checking;
using PachUp.Plugins.Buckets.Tests.Running;
using PachUp.Plugins.Buckets.Tests.Stores;
using PachUp.Sdk;
using PachUp.Testing;
using File = System.IO.File;
using FileInfo = PachUp.Pachyderm.Wire.Pfs.FileInfo;

namespace PachUp.Plugins.Buckets.Tests.Checking;

public sealed class CheckStepTests : IDisposable
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();

    public CheckStepTests()
    {
        StorageFolder.Write(From, "pach/object/tree", "the tree");
        StorageFolder.Write(From, "pach/object/content", new BlockRef { Block = new Block { Hash = "b1" }, Range = new ByteRange { Upper = 7 } });
        StorageFolder.Write(From, "pach/block/b1", "block 1");
        StorageFolder.Write(From, "pach/block/b2", "block 2");
        StorageFolder.Write(From, "pach/tag/t1", "tag 1");
    }

    private string From => _folder.File("from");

    private string To => _folder.File("to");

    public void Dispose() => _folder.Dispose();

    [RcloneFact]
    public async Task A_complete_copy_passes_and_says_what_was_looked_up()
    {
        CopyAll("pach");

        var result = await CheckAsync(new Release(1, 9, 0));

        Assert.Equal(("5", "3"), (result.Outputs["keys"], result.Outputs["references"]));
    }

    [RcloneFact]
    public async Task A_block_that_is_missing_is_named_with_the_file_that_needs_it()
    {
        CopyAll("pach");
        File.Delete(Path.Combine(To, "pach/block/b1"));

        var loss = await Assert.ThrowsAsync<StepFailedException>(() => CheckAsync(new Release(1, 9, 0)));

        Assert.Equal(FailureKind.LossFound, loss.Kind);
        Assert.Equal(["block/b1 is missing: file images@c1:/1.png"], loss.Details.AsEnumerable());
        Assert.False(Directory.Exists(_folder.File("missing-objects")));
    }

    [RcloneFact]
    public async Task Output_a_tree_and_a_tag_that_are_missing_or_short_are_named()
    {
        CopyAll("pach");
        File.Delete(Path.Combine(To, "pach/object/tree"));
        File.Delete(Path.Combine(To, "pach/tag/t1"));
        StorageFolder.Write(To, "pach/block/b2", "blo");

        var loss = await Assert.ThrowsAsync<StepFailedException>(() => CheckAsync(new Release(1, 9, 0)));

        Assert.Equal(["block/b2 has 3 B instead of 7 B: file images@c1:/2.png", "object/tree is missing: commit images@c1"], loss.Details.AsEnumerable());
    }

    [RcloneFact]
    public async Task The_result_of_a_datum_that_a_stopped_worker_wrote_last_is_no_loss()
    {
        CopyAll("pach");
        File.Delete(Path.Combine(To, "pach/tag/t1"));

        var result = await CheckAsync(new Release(1, 9, 0));

        Assert.StartsWith("1 key that no commit, file or spec refers to came after the copy, such as tag/t1", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [RcloneFact]
    public async Task Objects_in_the_folder_of_other_releases_are_refused()
    {
        CopyAll("pach");

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => CheckAsync(new Release(1, 9, 12)));

        Assert.Equal($"the objects of the target are in {To}/pach, but 1.9.12 looks for them in {To}", refusal.Message);
        Assert.Equal(FailureKind.Refused, refusal.Kind);
    }

    [RcloneFact]
    public async Task The_bucket_of_another_cluster_is_refused()
    {
        File.Delete(Path.Combine(From, "pach/object/tree"));
        CopyAll("pach");

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => CheckAsync(new Release(1, 9, 0)));

        Assert.Equal($"{From}/pach lacks 1 object or blocks that the source refers to, such as object/tree: commit images@c1", refusal.Message);
        Assert.Equal(FailureKind.Refused, refusal.Kind);
    }

    [Fact]
    public async Task Without_buckets_nothing_is_checked() =>
        Assert.StartsWith(
            "Checked nothing: the plan names no buckets",
            (await new CheckStep().ExecuteAsync(new CheckArguments(), StandInExecution.Of(Inventory()), Stop)).Summary,
            StringComparison.Ordinal);

    private async Task<StepResult> CheckAsync(Release target)
    {
        await using var pachd = await FakePachd.StartAsync((method, _) => method.EndsWith("GetVersion", StringComparison.Ordinal) ? Reply.Of(new PachUp.Pachyderm.Wire.Version.Version { Major = 1, Minor = 8, Micro = 7 }) : Files());
        await using var source = new StandInCluster("source", pachd.Address);
        var execution = StandInExecution.Of(Inventory()) with { Source = source, TargetRelease = target, RunDirectory = _folder.Path };
        return await new CheckStep().ExecuteAsync(new CheckArguments { From = From, To = To }, execution, Stop);
    }

    /// <summary>One file that a user wrote, and one that a worker wrote.</summary>
    private static Reply Files() => Reply.Of(
        new FileInfo { File = new() { Path = "/1.png" }, FileType = FileType.File, Objects = { new PachUp.Pachyderm.Wire.Pfs.Object { Hash = "content" } } },
        new FileInfo
        {
            File = new() { Path = "/2.png" },
            FileType = FileType.File,
            BlockRefs = { new BlockRef { Block = new Block { Hash = "b2" }, Range = new ByteRange { Upper = 7 } } },
        });

    private static ClusterInventory Inventory() => new()
    {
        Release = new Release(1, 8, 7),
        ClusterId = "c",
        Repos =
        [
            new RepoInventory
            {
                Name = "images",
                Commits = [Inventories.Commit("c1") with { Tree = "tree" }],
                Branches = [Inventories.Branch("master", "c1")],
            },
        ],
    };

    private void CopyAll(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(From, "pach"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(To, folder, Path.GetRelativePath(Path.Combine(From, "pach"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
