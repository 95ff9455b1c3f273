using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Tests.Archives;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Auth;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Connections;

public class PachdClientTests
{
    private const string GetVersion = "/versionpb.API/GetVersion";
    private static readonly string Hash = new('a', 128);

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task The_content_of_a_recorded_cluster_is_listed(string release)
    {
        await using var pachd = await ReplayedPachd.StartAsync(release, "20-source-world");
        await using var client = PachdClient.Create(pachd.Address);

        Assert.Equal(Release.Parse(release), await client.GetReleaseAsync());
        Assert.Equal(ReplayedPachd.ClusterId, await client.GetClusterIdAsync());
        Assert.Contains(await client.ListReposAsync(), repo => repo.Repo.Name == "images");
        Assert.Contains(await client.ListBranchesAsync("images"), branch => branch.Name == "master");
        Assert.Equal(4, await client.ListCommitsAsync("images").CountAsync());
        Assert.InRange((await client.ListPipelinesAsync()).Count, 25, 27);
        Assert.All(await client.ListObjectsAsync().ToListAsync(), hash => Assert.Equal(128, hash.Length));
    }

    [Theory]
    [InlineData("1.7.14", false)]
    [InlineData("1.8.7", true)]
    [InlineData("1.9.0", true)]
    public async Task An_extract_is_equal_to_the_recorded_archive(string release, bool includeObjects)
    {
        await using var pachd = await ReplayedPachd.StartAsync(release, "20-source-world");
        await using var client = PachdClient.Create(pachd.Address);

        var operations = await client.ExtractAsync(includeObjects).ToListAsync();

        var archive = await ArchiveSamples.ReadRecordedAsync($"{release}-world-{(includeObjects ? "full" : "metadata")}");
        Assert.Equal(Sorted(archive), Sorted(operations));
    }

    [Fact]
    public async Task A_custom_build_has_its_suffix()
    {
        await using var pachd = await FakePachd.StartAsync(
            (_, _) => Reply.Of(new Wire.Version.Version { Major = 1, Minor = 9, Micro = 0, Additional = "-rc1" }));
        await using var client = PachdClient.Create(pachd.Address);

        Assert.Equal(Release.Parse("1.9.0-rc1"), await client.GetReleaseAsync());
    }

    [Fact]
    public async Task The_release_is_read_for_every_call()
    {
        var patch = 7u;
        await using var pachd = await FakePachd.StartAsync((_, _) => Reply.Of(new Wire.Version.Version { Major = 1, Minor = 8, Micro = patch++ }));
        await using var client = PachdClient.Create(pachd.Address);

        Assert.Equal(new Release(1, 8, 7), await client.GetReleaseAsync());
        Assert.Equal(new Release(1, 8, 8), await client.GetReleaseAsync());
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.8")]
    [InlineData("1.9.0")]
    public async Task Without_access_control_there_is_no_user(string release)
    {
        await using var pachd = await ReplayedPachd.StartAsync(release, "01-cluster");
        await using var client = PachdClient.Create(pachd.Address);

        Assert.Null(await client.GetAuthenticatedUserAsync());
    }

    [Fact]
    public async Task Every_call_has_the_token()
    {
        await using var pachd = await StartAsync("1.8.7", "/auth.API/WhoAmI", _ => Reply.Of(new WhoAmIResponse { Username = "github:alice" }));
        await using var client = PachdClient.Create(pachd.Address with { SessionToken = "secret" });

        Assert.Equal("github:alice", await client.GetAuthenticatedUserAsync());
        Assert.Equal("secret", pachd.Headers["authn-token"]);
    }

    [Fact]
    public async Task Without_a_token_no_token_is_sent()
    {
        await using var pachd = await StartAsync("1.8.7", "/pfs.API/ListRepo", _ => Reply.Of(new ListRepoResponse()));
        await using var client = PachdClient.Create(pachd.Address);

        await client.ListReposAsync();

        Assert.False(pachd.Headers.ContainsKey("authn-token"));
    }

    [Fact]
    public async Task The_repo_of_the_specs_is_not_listed()
    {
        var repos = new ListRepoResponse
        {
            RepoInfo = { new RepoInfo { Repo = new Repo { Name = "__spec__" } }, new RepoInfo { Repo = new Repo { Name = "images" } } },
        };
        await using var pachd = await StartAsync("1.8.7", "/pfs.API/ListRepo", _ => Reply.Of(repos));
        await using var client = PachdClient.Create(pachd.Address);

        Assert.Equal(["images"], (await client.ListReposAsync()).Select(repo => repo.Repo.Name));
    }

    [Theory]
    [InlineData("1.8.7", 0)]
    [InlineData("1.9.0", -1)]
    public async Task Jobs_that_have_ended_are_not_listed(string release, long history)
    {
        ListJobRequest? asked = null;
        await using var pachd = await StartAsync(release, "/pps.API/ListJobStream", request =>
        {
            asked = ListJobRequest.Parser.ParseFrom(request[0]);
            return Reply.Of([.. System.Enum.GetValues<JobState>().Select(state => new JobInfo { Job = new Job { Id = $"{state}" }, State = state })]);
        });
        await using var client = PachdClient.Create(pachd.Address);

        var unfinished = await client.ListUnfinishedJobsAsync();

        Assert.Equal(["JobStarting", "JobRunning", "JobMerging", "JobEgressing"], unfinished.Select(job => job.Job.Id));
        Assert.Equal(new ListJobRequest { History = history }, asked);
    }

    [Fact]
    public async Task Pipelines_are_stopped_and_started_by_name()
    {
        await using var pachd = await FakePachd.StartAsync((method, request) => method switch
        {
            GetVersion => VersionOf("1.8.7"),
            _ when StopPipelineRequest.Parser.ParseFrom(request[0]).Pipeline.Name == "edges" => Reply.Of(new Empty()),
            _ => Reply.Error(2, "pipeline not found"),
        });
        await using var client = PachdClient.Create(pachd.Address);

        await client.StopPipelineAsync("edges");
        await client.StartPipelineAsync("edges");

        Assert.Equal(["/pps.API/StopPipeline", "/pps.API/StartPipeline"], pachd.Calls.Where(call => call != GetVersion));
    }

    [Theory]
    [InlineData("1.9.5")]
    [InlineData("1.9.6")]
    public async Task Objects_are_read_in_the_form_of_the_release(string release)
    {
        var found = new Wire.Pfs.Object { Hash = Hash };
        await using var pachd = await StartAsync(
            release, "/pfs.ObjectAPI/ListObjects", _ => Reply.Of(release == "1.9.5" ? found : new ObjectInfo { Object = found }));
        await using var client = PachdClient.Create(pachd.Address);

        Assert.Equal([Hash], await client.ListObjectsAsync().ToListAsync());
    }

    [Fact]
    public async Task Tags_come_with_their_objects()
    {
        var answer = new ListTagsResponse { Tag = new Tag { Name = "t" }, Object = new Wire.Pfs.Object { Hash = Hash } };
        await using var pachd = await StartAsync("1.8.7", "/pfs.ObjectAPI/ListTags", request =>
            ListTagsRequest.Parser.ParseFrom(request[0]).IncludeObject ? Reply.Of(answer) : Reply.Error(2, "without objects"));
        await using var client = PachdClient.Create(pachd.Address);

        Assert.Equal([("t", Hash)], await client.ListTagsAsync().ToListAsync());
    }

    [Fact]
    public async Task Objects_are_looked_for()
    {
        await using var pachd = await StartAsync("1.8.7", "/pfs.ObjectAPI/CheckObject", request =>
            Reply.Of(new CheckObjectResponse { Exists = CheckObjectRequest.Parser.ParseFrom(request[0]).Object.Hash == Hash }));
        await using var client = PachdClient.Create(pachd.Address);

        Assert.True(await client.HasObjectAsync(Hash));
        Assert.False(await client.HasObjectAsync(new string('b', 128)));
    }

    [Fact]
    public async Task Files_are_read_part_by_part()
    {
        await using var pachd = await ReplayedPachd.StartAsync("1.8.7", "03-files");
        await using var client = PachdClient.Create(pachd.Address);

        var files = await client.ListFilesAsync("files", "master", "/").ToListAsync();
        var text = await client.ReadFileAsync("files", "master", "/a.txt").ToListAsync();

        Assert.Contains("/a.txt", files.Select(file => file.File.Path));
        Assert.NotEqual(0, text.Sum(part => part.Length));
    }

    [Theory]
    [InlineData("1.8.7", "/scan (1)", "/scan (1)")]
    [InlineData("1.9.12", "/scan (1)", @"/scan {\(}1\)")]
    public async Task Paths_are_sent_with_the_escapes_of_the_release(string release, string path, string sent)
    {
        var asked = new List<string>();
        await using var pachd = await FakePachd.StartAsync((method, request) =>
        {
            switch (method)
            {
                case "/pfs.API/ListFileStream":
                    asked.Add(ListFileRequest.Parser.ParseFrom(request[0]).File.Path);
                    return Reply.Of(new Wire.Pfs.FileInfo { File = new Wire.Pfs.File { Path = path } });
                case "/pfs.API/GetFile":
                    asked.Add(GetFileRequest.Parser.ParseFrom(request[0]).File.Path);
                    return Reply.Of(new Google.Protobuf.WellKnownTypes.BytesValue());
                default:
                    return VersionOf(release);
            }
        });
        await using var client = PachdClient.Create(pachd.Address);

        await client.ListFilesAsync("files", "master", path).ToListAsync();
        await client.ReadFileAsync("files", "master", path).ToListAsync();

        Assert.Equal([sent, sent], asked);
    }

    [Theory]
    [InlineData("1.7.14", "01-cluster", null)]
    [InlineData("1.8.8", "01-cluster", "")]
    [InlineData("1.9.0", "01-cluster", "")]
    [InlineData("1.8.8", "10-direct-pfs", "consistency error: the branch master on repo src could not be found")]
    [InlineData(
        "1.9.12",
        "10-direct-pfs",
        "consistency error: the branch master on repo src could not be found|consistency error: the branch master on repo src could not be found")]
    public async Task Fsck_works_in_the_form_of_the_release(string release, string scenario, string? expected)
    {
        await using var pachd = await ReplayedPachd.StartAsync(release, scenario);
        await using var client = PachdClient.Create(pachd.Address);

        var errors = await client.FsckAsync();

        Assert.Equal(expected, errors is null ? null : string.Join('|', errors));
    }

    [Fact]
    public async Task A_restore_sends_every_operation_unchanged()
    {
        var received = new List<Op>();
        await using var pachd = await StartAsync("1.9.0", "/admin.API/Restore", request =>
        {
            received.AddRange(request.Select(message => RestoreRequest.Parser.ParseFrom(message).Op));
            return Reply.Of(new Empty());
        });
        await using var client = PachdClient.Create(pachd.Address);
        var operations = await ArchiveSamples.ReadRecordedAsync("1.9.0-world-full");

        var sent = await client.RestoreAsync(operations.ToAsyncEnumerable());

        Assert.Equal(operations.Count, sent);
        Assert.Equal(operations.Select(operation => Op.Parser.ParseFrom(operation.Bytes.Span)), received);
    }

    [Fact]
    public async Task A_restore_refused_at_its_end_has_the_reason()
    {
        var refusal = new Reply([[]], 2, "error creating commit: cannot start a commit on an output branch");
        await using var pachd = await StartAsync("1.9.0", "/admin.API/Restore", _ => refusal);
        await using var client = PachdClient.Create(pachd.Address);

        var error = await Assert.ThrowsAsync<PachdException>(() => client.RestoreAsync(Repos(10)));

        Assert.Equal((PachdFailure.Refused, refusal.Text), (error.Failure, error.Detail));
    }

    [Fact]
    public async Task A_restore_refused_before_its_end_has_the_reason()
    {
        await using var pachd = await StartRestoreAsync(context => FakePachd.WriteAsync(context, Reply.Error(2, "cannot mix different versions")));
        await using var client = PachdClient.Create(pachd.Address);

        var error = await Assert.ThrowsAsync<PachdException>(() => client.RestoreAsync(Repos(int.MaxValue)));

        Assert.Equal("cannot mix different versions", error.Detail);
    }

    [Fact]
    public async Task A_restore_to_a_crashed_server_loses_the_connection()
    {
        await using var pachd = await StartRestoreAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var client = PachdClient.Create(pachd.Address);

        var error = await Assert.ThrowsAsync<PachdException>(() => client.RestoreAsync(Repos(int.MaxValue)));

        Assert.Equal(PachdFailure.ConnectionLost, error.Failure);
    }

    [Fact]
    public async Task A_restore_that_the_server_ends_early_without_an_error_fails()
    {
        await using var pachd = await StartRestoreAsync(context => FakePachd.WriteAsync(context, Reply.Of(new Empty())));
        await using var client = PachdClient.Create(pachd.Address);

        var error = await Assert.ThrowsAsync<PachdException>(() => client.RestoreAsync(Repos(int.MaxValue)));

        Assert.Equal(PachdFailure.ConnectionLost, error.Failure);
        Assert.Contains("before PachUp had sent all of them, and gave no reason", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_of_the_operations_ends_the_restore_and_is_not_hidden()
    {
        await using var pachd = await StartAsync("1.9.0", "/admin.API/Restore", _ => Reply.Of(new Empty()));
        await using var client = PachdClient.Create(pachd.Address);

        await Assert.ThrowsAsync<InvalidDataException>(() => client.RestoreAsync(BrokenOff()));
    }

    [Fact]
    public async Task An_operation_of_ten_megabytes_travels_both_ways()
    {
        var large = OperationSamples.Chunk(new byte[Operation.MaxValueBytes]);
        await using var pachd = await FakePachd.StartAsync((method, request) => method switch
        {
            GetVersion => VersionOf("1.8.7"),
            "/admin.API/Extract" => new Reply([large.Bytes.ToArray()]),
            _ => RestoreRequest.Parser.ParseFrom(request[0]).Op.Op18.Object.Value.Length == Operation.MaxValueBytes
                ? Reply.Of(new Empty())
                : Reply.Error(2, "too short"),
        });
        await using var client = PachdClient.Create(pachd.Address);

        Assert.Equal(1, await client.RestoreAsync(client.ExtractAsync(includeObjects: true)));
    }

    [Fact]
    public async Task No_message_has_an_empty_required_part()
    {
        await using var pachd = await FakePachd.StartAsync((_, _) => Reply.Error(2, "asked"));
        await using var client = PachdClient.Create(pachd.Address);

        await Assert.ThrowsAsync<ArgumentException>(() => client.ListBranchesAsync(""));
        Assert.Throws<ArgumentException>(() => client.ListCommitsAsync(""));
        await Assert.ThrowsAsync<ArgumentException>(() => client.StopPipelineAsync(""));
        await Assert.ThrowsAsync<ArgumentException>(() => client.StartPipelineAsync(""));
        await Assert.ThrowsAsync<ArgumentException>(() => client.HasObjectAsync(""));
        Assert.Throws<ArgumentException>(() => client.ListFilesAsync("", "master", "/"));
        Assert.Throws<ArgumentException>(() => client.ListFilesAsync("images", "", "/"));
        Assert.Throws<ArgumentException>(() => client.ReadFileAsync("images", "master", ""));
        Assert.Empty(pachd.Calls);
    }

    private static Reply VersionOf(string release)
    {
        var parsed = Release.Parse(release);
        return Reply.Of(new Wire.Version.Version { Major = (uint)parsed.Line.Major, Minor = (uint)parsed.Line.Minor, Micro = (uint)parsed.Patch });
    }

    private static Task<FakePachd> StartAsync(string release, string method, Func<IReadOnlyList<byte[]>, Reply> answer) =>
        FakePachd.StartAsync((called, request) =>
            called == GetVersion ? VersionOf(release)
            : called == method ? answer(request)
            : called == "/pfs.ObjectAPI/CheckObject" ? Reply.Of(new CheckObjectResponse())
            : Reply.Error(12, $"unexpected {called}"));

    /// <summary>A server that ends a restore with the given function after the first message.</summary>
    private static Task<FakePachd> StartRestoreAsync(Func<HttpContext, Task> end) => FakePachd.StartAsync(async context =>
    {
        if (context.Request.Path == GetVersion)
        {
            await FakePachd.WriteAsync(context, VersionOf("1.9.0"));
            return;
        }

        await context.Request.Body.ReadExactlyAsync(new byte[5]);
        await end(context);
    });

    private static IAsyncEnumerable<Operation> Repos(int count) =>
        AsyncEnumerable.Range(0, count).Select(number => OperationSamples.Repo($"repo{number}"));

    private static async IAsyncEnumerable<Operation> BrokenOff()
    {
        yield return OperationSamples.Repo("images");
        await Task.Yield();
        throw new InvalidDataException("the archive broke off");
    }

    /// <summary>Sorted operations, because servers send objects in any order.</summary>
    private static IEnumerable<string> Sorted(IEnumerable<Operation> operations) =>
        operations.Select(operation => Convert.ToHexString(operation.Bytes.Span)).Order(StringComparer.Ordinal);
}
