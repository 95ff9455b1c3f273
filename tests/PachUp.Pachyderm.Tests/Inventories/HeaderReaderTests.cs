using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Inventories;

/// <summary>The server answers GetFile of a directory like a real 1.7.14: with the headers and footers of the directory and its parents, or with an error.</summary>
public class HeaderReaderTests
{
    private static readonly Dictionary<string, string[]> Tree = new()
    {
        ["/"] = ["d", "e", "cars"],
        ["/d"] = ["d/sub"],
        ["/d/sub"] = ["d/sub/own"],
        ["/d/sub/own"] = [],
        ["/e"] = [],
        ["/cars"] = [],
    };

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["/d"] = "FOOT\n",
        ["/d/sub"] = "FOOT\n",
        ["/d/sub/own"] = "HEAD\nFOOT\n",
        ["/cars"] = "COPY cars;\n\\.\n",
    };

    [Fact]
    public async Task Directories_with_their_own_header_or_footer_are_found_in_every_commit()
    {
        var headers = await ReadAsync("1.7.14");

        Assert.Equal(
            [
                $"images@{InventorySamples.First}:/cars 14",
                $"images@{InventorySamples.First}:/d 5",
                $"images@{InventorySamples.First}:/d/sub/own 5",
                $"images@{InventorySamples.Second}:/cars 14",
                $"images@{InventorySamples.Second}:/d 5",
                $"images@{InventorySamples.Second}:/d/sub/own 5",
            ],
            headers!.Directories.Select(directory => $"{directory} {directory.Bytes}"));
        Assert.Equal([new HeadedCommit("images", InventorySamples.First, 30), new HeadedCommit("images", InventorySamples.Second, 30)], headers.Commits.AsEnumerable());
        Assert.Equal((1, 1), (headers.TreesLookedAt, headers.Trees));
    }

    [Fact]
    public async Task Files_below_such_a_directory_are_headed_and_others_are_not()
    {
        var headers = await ReadAsync("1.7.14");

        Assert.True(headers!.IsHeaded("images", InventorySamples.First, "/d/sub/deep/file"));
        Assert.False(headers.IsHeaded("images", InventorySamples.First, "/cars.txt"));
        Assert.False(headers.IsHeaded("labels", InventorySamples.First, "/d/file"));
    }

    [Theory]
    [InlineData("1.7.9")]
    [InlineData("1.8.7")]
    public async Task Releases_without_such_directories_are_not_asked(string release) => Assert.Null(await ReadAsync(release));

    private static async Task<HeaderSurvey?> ReadAsync(string release)
    {
        await using var pachd = await FakePachd.StartAsync((method, request) => Answer(Release.Parse(release), method, request));
        await using var client = PachdClient.Create(pachd.Address);
        return (await InventoryReader.ReadAsync(client, new InventoryOptions { FindHeaders = true })).Headers;
    }

    private static Reply Answer(Release release, string method, IReadOnlyList<byte[]> request)
    {
        var repo = new Repo { Name = "images" };
        return method switch
        {
            "/versionpb.API/GetVersion" => Reply.Of(new Wire.Version.Version { Major = 1, Minor = (uint)release.Line.Minor, Micro = (uint)release.Patch }),
            "/admin.API/InspectCluster" => Reply.Of(new Wire.Admin.ClusterInfo { Id = "c1" }),
            "/pps.API/ListPipeline" => Reply.Of(new Wire.Pps.PipelineInfos()),
            "/pfs.API/ListRepo" => Reply.Of(new ListRepoResponse { RepoInfo = { new RepoInfo { Repo = repo } } }),
            "/pfs.API/ListBranch" => Reply.Of(new BranchInfos { BranchInfo = { new BranchInfo { Name = "master", Head = new Commit { Repo = repo, Id = InventorySamples.Second } } } }),
            "/pfs.API/ListCommitStream" => Reply.Of(CommitOf(repo, InventorySamples.Second), CommitOf(repo, InventorySamples.First)),
            "/pfs.API/ListFileStream" => List(ListFileRequest.Parser.ParseFrom(request[0]).File.Path),
            "/pfs.API/GetFile" => Read(GetFileRequest.Parser.ParseFrom(request[0]).File.Path),
            _ => Reply.Error(12, method),
        };
    }

    // Both commits have the same tree, so it is read once.
    private static CommitInfo CommitOf(Repo repo, string id) =>
        new() { Commit = new Commit { Repo = repo, Id = id }, Finished = new Timestamp(), Tree = new Wire.Pfs.Object { Hash = "tree" } };

    /// <summary>Every directory also has one file of 5 bytes.</summary>
    private static Reply List(string directory) => Reply.Of(
    [
        new Wire.Pfs.FileInfo { File = new Wire.Pfs.File { Path = $"{directory}/file" }, FileType = FileType.File, SizeBytes = 5 },
        .. Tree[directory].Select(path => new Wire.Pfs.FileInfo { File = new Wire.Pfs.File { Path = path }, FileType = FileType.Dir }),
    ]);

    private static Reply Read(string path) => Texts.TryGetValue(path, out var text)
        ? Reply.Of(new BytesValue { Value = ByteString.CopyFrom(text, Encoding.ASCII) })
        : Reply.Error(2, "cannot read directory, no header or footer");
}
