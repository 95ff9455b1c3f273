using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using PachUp.Common;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Tests.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Testing;
using Snapshooter.Xunit;

namespace PachUp.Pachyderm.Tests.Inventories;

public class InventoryReaderTests
{
    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task The_inventory_of_a_recorded_cluster(string release)
    {
        var inventory = await ReadAsync(release, "20-source-world", new InventoryOptions { CountObjects = true });

        Snapshot.Match(Describe(inventory), new Snapshooter.SnapshotNameExtension(release));
    }

    [Theory]
    [InlineData("1.7.14", "20-source-open")]
    [InlineData("1.9.12", "20-source-open")]
    [InlineData("1.9.12", "20-source-trees")]
    public async Task Open_commits_and_trees_in_parts_are_told_apart(string release, string scenario)
    {
        var inventory = await ReadAsync(release, scenario, InventoryOptions.MetadataOnly);

        Snapshot.Match(Describe(inventory), new Snapshooter.SnapshotNameExtension(release, scenario));
    }

    [Fact]
    public async Task Two_readings_of_one_state_give_the_same_file()
    {
        var first = await ReadAsync("1.8.7", "20-source-world", InventoryOptions.MetadataOnly);
        var second = await ReadAsync("1.8.7", "20-source-world", InventoryOptions.MetadataOnly);

        Assert.Equal(InventoryFile.Serialize(first), InventoryFile.Serialize(second));
        Assert.Equal(InventoryFile.Serialize(first), InventoryFile.Serialize(InventoryFile.Deserialize(InventoryFile.Serialize(first))));
    }

    [Fact]
    public async Task The_progress_counts_repos_and_branch_heads_up_to_their_number()
    {
        var reports = new List<InventoryProgress>();
        await using var pachd = await FakePachd.StartAsync(FileServer(new() { ["/a"] = "a" }));
        await using var client = PachdClient.Create(pachd.Address);

        await InventoryReader.ReadAsync(client, new InventoryOptions { ProbeFiles = true }, new InlineProgress<InventoryProgress>(reports.Add));

        Assert.Equal(
            [
                "listing repos and pipelines",
                "listing the cluster: 0 of 1 repos",
                "listing the cluster: 1 of 1 repos",
                "reading sample files: 0 of 1 branch heads",
                "reading sample files: 1 of 1 branch heads",
            ],
            reports.Select(report => report.ToString()));
    }

    [Fact]
    public async Task The_smallest_nonempty_file_of_every_finished_head_is_read()
    {
        await using var pachd = await FakePachd.StartAsync(FileServer(new Dictionary<string, string>
        {
            ["/a-empty"] = "",
            ["/b-large"] = "large",
            ["/c-small"] = "tiny",
            ["/d/smaller"] = "x",
        }));

        var probes = await ProbeAsync(pachd);

        Assert.Equal(
            [Probe("copy", "/c-small", "tiny"), Probe("master", "/c-small", "tiny")],
            probes);
        Assert.Single(pachd.Calls, "/pfs.API/GetFile");
    }

    [Fact]
    public async Task Directories_are_searched_until_a_file_is_found()
    {
        await using var pachd = await FakePachd.StartAsync(FileServer(new Dictionary<string, string> { ["/a/b/c.txt"] = "deep", ["/z/y"] = "x" }));

        Assert.Equal(["/a/b/c.txt", "/a/b/c.txt"], (await ProbeAsync(pachd)).Select(probe => probe.Path));
    }

    [Fact]
    public async Task Paths_without_a_slash_as_1_7_sends_them_get_one()
    {
        await using var pachd = await FakePachd.StartAsync(FileServer(new Dictionary<string, string> { ["/a/b.txt"] = "b" }, root: ""));

        Assert.Equal(["/a/b.txt", "/a/b.txt"], (await ProbeAsync(pachd)).Select(probe => probe.Path));
    }

    [Fact]
    public async Task An_empty_commit_has_no_probe()
    {
        await using var pachd = await FakePachd.StartAsync(FileServer([]));

        Assert.Empty(await ProbeAsync(pachd));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named()
    {
        var files = FileServer(new Dictionary<string, string> { ["/a"] = "a" });
        await using var pachd = await FakePachd.StartAsync((method, request) =>
            method == "/pfs.API/GetFile" ? Reply.Error(2, "objectInfoGetter: object 00ff not found") : files(method, request));

        var error = await Assert.ThrowsAsync<PachdException>(() => ProbeAsync(pachd));

        Assert.Contains(
            $"could not read the file images@{InventorySamples.First}:/a: objectInfoGetter: object 00ff not found.",
            error.Message,
            StringComparison.Ordinal);
    }

    private static async Task<ClusterInventory> ReadAsync(string release, string scenario, InventoryOptions options)
    {
        await using var pachd = await ReplayedPachd.StartAsync(release, scenario);
        await using var client = PachdClient.Create(pachd.Address);
        return await InventoryReader.ReadAsync(client, options);
    }

    private static async Task<IReadOnlyList<FileProbe>> ProbeAsync(FakePachd pachd)
    {
        await using var client = PachdClient.Create(pachd.Address);
        return (await InventoryReader.ReadAsync(client, new InventoryOptions { ProbeFiles = true })).Probes;
    }

    private static FileProbe Probe(string branch, string path, string content) => new(
        "images", branch, InventorySamples.First, path, content.Length, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))));

    /// <summary>A cluster of one repo: two branches share a finished head with these files, one has an open head, one has none.</summary>
    private static Func<string, IReadOnlyList<byte[]>, Reply> FileServer(Dictionary<string, string> files, string root = "/")
    {
        var repo = new Repo { Name = "images" };
        Commit finished = new() { Repo = repo, Id = InventorySamples.First };
        Commit open = new() { Repo = repo, Id = InventorySamples.Second };
        return (method, request) => method switch
        {
            "/versionpb.API/GetVersion" => Reply.Of(new Wire.Version.Version { Major = 1, Minor = 8, Micro = 7 }),
            "/admin.API/InspectCluster" => Reply.Of(new Wire.Admin.ClusterInfo { Id = "c1" }),
            "/pps.API/ListPipeline" => Reply.Of(new Wire.Pps.PipelineInfos()),
            "/pfs.API/ListRepo" => Reply.Of(new ListRepoResponse { RepoInfo = { new RepoInfo { Repo = repo } } }),
            "/pfs.API/ListBranch" => Reply.Of(new BranchInfos
            {
                BranchInfo =
                {
                    new BranchInfo { Name = "master", Head = finished },
                    new BranchInfo { Name = "copy", Head = finished },
                    new BranchInfo { Name = "open", Head = open },
                    new BranchInfo { Name = "headless" },
                },
            }),
            "/pfs.API/ListCommitStream" => Reply.Of(
                new CommitInfo { Commit = open }, new CommitInfo { Commit = finished, Finished = new Google.Protobuf.WellKnownTypes.Timestamp() }),
            "/pfs.API/ListFileStream" => List(ListFileRequest.Parser.ParseFrom(request[0]).File, files, root),
            "/pfs.API/GetFile" => Read(files[GetFileRequest.Parser.ParseFrom(request[0]).File.Path]),
            _ => Reply.Error(12, method),
        };
    }

    private static Reply List(Wire.Pfs.File directory, Dictionary<string, string> files, string root)
    {
        Assert.Equal(InventorySamples.First, directory.Commit.Id);
        var inside = directory.Path.TrimEnd('/') + '/';
        var entries =
            from file in files
            where file.Key.StartsWith(inside, StringComparison.Ordinal)
            let end = file.Key.IndexOf('/', inside.Length)
            group file.Value.Length by (Path: end < 0 ? file.Key : file.Key[..end], IsFile: end < 0) into entry
            select new Wire.Pfs.FileInfo
            {
                File = new Wire.Pfs.File { Path = root + entry.Key.Path.TrimStart('/') },
                FileType = entry.Key.IsFile ? FileType.File : FileType.Dir,
                SizeBytes = (ulong)entry.Sum(),
            };
        return files.Count == 0 ? Reply.Error(2, "file \"/\" not found") : Reply.Of([.. entries]);
    }

    private static Reply Read(string content) => Reply.Of(
        [.. content.Select(part => new Google.Protobuf.WellKnownTypes.BytesValue { Value = ByteString.CopyFromUtf8($"{part}") })]);

    private static string Describe(ClusterInventory inventory)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"release {inventory.Release}, {inventory.Objects} objects, {inventory.Tags} tags\n");
        foreach (var repo in inventory.Repos)
        {
            text.Append(CultureInfo.InvariantCulture, $"repo {repo.Name} \"{repo.Description}\" {repo.SizeBytes} bytes\n");
            text.AppendJoin("", repo.Branches.Select(branch =>
                $"  branch {branch.Name} -> {branch.Head ?? "-"} from [{string.Join(", ", branch.DirectProvenance)}]"
                + $" [{string.Join(", ", branch.Provenance)}]\n"));
            text.AppendJoin("", repo.Commits.Select(Describe));
        }

        text.AppendJoin("", inventory.Pipelines.Select(pipeline =>
            $"pipeline {pipeline.Name}{(pipeline.Stopped ? " stopped" : "")}, fields: {string.Join(", ", SetFields(pipeline.Info))}\n"));
        return text.ToString();
    }

    private static string Describe(CommitInventory commit) =>
        $"  commit {commit.Id} of {commit.Parent ?? "-"} on {commit.Branch ?? "?"} {(commit.IsOpen ? "open" : "finished")} {commit.SizeBytes} bytes"
        + $", tree {Start(commit.Tree)}, {commit.Trees.Length} trees, datums {Start(commit.Datums)} \"{commit.Description}\""
        + $" from [{string.Join(", ", commit.Provenance.Select(origin => $"{origin.Repo}@{origin.Branch}={origin.Commit[..8]}"))}]\n";

    private static string Start(string? hash) => hash?[..8] ?? "-";

    private static IReadOnlyList<string> SetFields(Wire.Pps.PipelineInfo pipeline) =>
        PipelineSpecs.DifferingFields(pipeline, new Wire.Pps.PipelineInfo());
}
