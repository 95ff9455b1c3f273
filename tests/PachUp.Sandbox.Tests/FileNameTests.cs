using Google.Protobuf;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Tests.Workers;
using PachUp.Sdk.Testing;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API.APIClient;

namespace PachUp.Sandbox.Tests;

/// <summary>Odd names of files, and paths that a release reads as patterns.</summary>
public sealed class FileNameTests
{
    [Theory]
    [InlineData("1.7.14", "/c*.txt", '*')]
    [InlineData("1.8.7", "/q?", '?')]
    [InlineData("1.9.0", "/{b}", '{')]
    [InlineData("1.9.12", "/scan (1).txt", '(')]
    [InlineData("1.9.12", "/a@b", '@')]
    public async Task A_name_that_would_be_a_pattern_is_refused(string release, string path, char character)
    {
        await using var cluster = await StartAsync(release);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => cluster.Files.CommitFileAsync("files", "master", path, "content"));

        Assert.Equal($"path ({path}) invalid: globbing character ({character}) not allowed in path", refusal.Status.Detail);
    }

    [Theory]
    [InlineData("1.7.14", "/scan (1).txt")]
    [InlineData("1.8.7", "/back\\slash.txt")]
    [InlineData("1.9.0", "/a+b^c@d")]
    [InlineData("1.9.12", "/ leading blank")]
    public async Task Other_odd_names_are_accepted_and_can_be_read(string release, string path)
    {
        await using var cluster = await StartAsync(release);

        await cluster.Files.CommitFileAsync("files", "master", path, "content");

        Assert.Equal("content", await cluster.ReadAsync("files", path));
    }

    [Fact]
    public async Task From_1_9_8_on_a_restored_name_with_parentheses_is_read_with_escapes_alone()
    {
        await using var source = await StartAsync("1.9.0");
        await source.Files.CommitFileAsync("files", "master", "/scan (1).txt", "content");
        await using var target = await Clusters.StartAsync("1.9.12", store: source.Cluster.ObjectStore);
        using var channel = SandboxChannel.Open(target.Address);
        using var reader = new ClusterBuilder(target.Address);
        var pfs = new PfsApi(channel);
        await reader.CreateRepoAsync("files");
        var commit = await source.HeadOfAsync("files");
        await pfs.BuildCommitAsync(new BuildCommitRequest { Parent = new Commit { Repo = new Repo { Name = "files" } }, Branch = "master", Tree = commit.Tree });

        Assert.Equal("content", await ReadAsync(pfs, "/scan \\(1\\).txt"));
        var refusal = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(pfs, "/scan (1).txt"));
        Assert.Contains("no file(s) found", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_1_7_a_header_and_a_footer_stand_around_what_comes_of_a_directory()
    {
        await using var cluster = await StartAsync("1.7.14");
        await PutHeadersAsync(cluster, "/table", "head\n", "foot\n");
        await cluster.Files.CommitFileAsync("files", "master", "/table/1", "one\n");
        await cluster.Files.CommitFileAsync("files", "master", "/table/2", "two\n");

        Assert.Equal("head\none\nfoot\n", await cluster.ReadAsync("files", "/table/1"));
        Assert.Equal("head\none\ntwo\nfoot\n", await cluster.ReadAsync("files", "/table/*"));
        Assert.Equal("head\nfoot\n", await cluster.ReadAsync("files", "/table"));
    }

    [Fact]
    public async Task The_conversion_to_1_8_drops_headers_and_footers()
    {
        await using var source = await StartAsync("1.7.14");
        await PutHeadersAsync(source, "/table", "head\n", "");
        await source.Files.CommitFileAsync("files", "master", "/table/1", "one\n");
        await using var target = await WorkingCluster.StartAsync("1.8.8", runsPipelines: false);

        await target.RestoreAsync(await source.ExtractAsync());

        Assert.Equal("one\n", await target.ReadAsync("files", "/table/1"));
    }

    [Fact]
    public async Task A_directory_without_a_header_cannot_be_read_in_1_7()
    {
        await using var cluster = await StartAsync("1.7.14");
        await cluster.Files.CommitFileAsync("files", "master", "/table/1", "one");

        var refusal = await Assert.ThrowsAsync<RpcException>(() => cluster.ReadAsync("files", "/table"));

        Assert.Equal("cannot read directory, no header or footer", refusal.Status.Detail);
    }

    [Fact]
    public async Task A_dump_of_a_table_is_split_into_rows_with_its_header_and_footer()
    {
        await using var cluster = await StartAsync("1.7.14");
        using var call = cluster.Pfs.PutFile();
        await call.RequestStream.WriteAsync(new PutFileRequest
        {
            File = new Pachyderm.Wire.Pfs.File { Commit = WorkingCluster.CommitOf("files", "master"), Path = "/dump" },
            Delimiter = Delimiter.Sql,
            Value = ByteString.CopyFromUtf8("SET x;\nCOPY t FROM stdin;\n1\n2\n\\.\nDONE;\n"),
        });
        await call.RequestStream.CompleteAsync();
        await call;

        Assert.Equal("SET x;\nCOPY t FROM stdin;\n2\n\\.\nDONE;\n", await cluster.ReadAsync("files", "/dump/0000000000000001"));
    }

    private static async Task<WorkingCluster> StartAsync(string release)
    {
        var cluster = await WorkingCluster.StartAsync(release, runsPipelines: false);
        await cluster.Files.CreateRepoAsync("files");
        return cluster;
    }

    /// <summary>Sends the request of <c>pachctl put-header</c> and <c>put-footer</c> of 1.7. Later releases use its fields for something else.</summary>
    private static async Task PutHeadersAsync(WorkingCluster cluster, string directory, string header, string footer)
    {
        var request = new PutFileRequest
        {
            File = new Pachyderm.Wire.Pfs.File { Commit = WorkingCluster.CommitOf("files", "master"), Path = directory },
            Delimiter = Delimiter.Line,
        };
        using var bytes = new MemoryStream();
        request.WriteTo(bytes);
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            foreach (var (field, value) in new[] { (11, header), (12, footer) })
            {
                output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(new Google.Protobuf.WellKnownTypes.BytesValue { Value = ByteString.CopyFromUtf8(value) }.ToByteString());
            }
        }

        using var call = cluster.Pfs.PutFile();
        await call.RequestStream.WriteAsync(PutFileRequest.Parser.ParseFrom(bytes.ToArray()));
        await call.RequestStream.CompleteAsync();
        await call;
    }

    private static async Task<string> ReadAsync(PfsApi pfs, string path)
    {
        using var call = pfs.GetFile(new GetFileRequest { File = new Pachyderm.Wire.Pfs.File { Commit = WorkingCluster.CommitOf("files", "master"), Path = path } });
        return string.Concat(await call.ResponseStream.ReadAllAsync().Select(part => part.Value.ToStringUtf8()).ToListAsync());
    }
}
