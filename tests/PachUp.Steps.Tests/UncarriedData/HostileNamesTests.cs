using Google.Protobuf.WellKnownTypes;
using PachUp.Common;
using PachUp.Common.Files;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk;
using PachUp.Steps.UncarriedData;
using PachUp.Testing;
using PachUp.Verification.Files;
using PachUp.Verification.Records;

namespace PachUp.Steps.Tests.UncarriedData;

/// <summary>A server may call its repos, commits and files anything; nothing of it is written outside the directory of the run.</summary>
public sealed class HostileNamesTests : IDisposable
{
    private const string Climbing = "../../../escaped/repo";

    private readonly TemporaryFolder _outside = new();
    private readonly string _run;

    public HostileNamesTests() => _run = Directory.CreateDirectory(_outside.File("a/b/run")).FullName;

    public void Dispose() => _outside.Dispose();

    [Theory]
    [InlineData("images@2c98", "images@2c98")]
    [InlineData("../x@1", "..%2Fx@1")]
    [InlineData("..", "%2E%2E")]
    [InlineData("a\\b\0c", "a%5Cb%00c")]
    public void A_name_becomes_the_name_of_a_file(string name, string file) => Assert.Equal(file, FileNames.Of(name));

    [Fact]
    public async Task Files_of_open_commits_stay_in_the_run()
    {
        await using var pachd = await FakePachd.StartAsync((method, _) => method switch
        {
            "/pfs.API/ListFileStream" => Reply.Of(
                FileCalled("/../../../../up"), FileCalled("/deep/../../../../../sideways"), FileCalled("/"), FileCalled("/plain")),
            _ => Reply.Of(new BytesValue { Value = Google.Protobuf.ByteString.CopyFromUtf8("content") }),
        });
        await using var client = PachdClient.Create(pachd.Address);
        var cluster = Clusters.Of(Clusters.Repo(Climbing, Clusters.Open("a1")));

        await new OpenCommitSaver(client, _run, mostBytes: 1024, new InlineProgress<StepProgress>(_ => { })).KeepAsync(cluster, CancellationToken.None);

        AssertEverythingIsInTheRun(atLeast: 1);
    }

    [Fact]
    public async Task What_was_read_of_commits_stays_in_the_run()
    {
        var saved = new SavedFiles(Path.Combine(_run, RecordFiles.SourceFiles));
        var commit = new ComparedCommit(Climbing, "a1");

        await saved.SaveAsync(new OneFile(), [commit], new InlineProgress<StepProgress>(_ => { }), CancellationToken.None);

        Assert.True(saved.Has(commit));
        AssertEverythingIsInTheRun(atLeast: 1);
    }

    private void AssertEverythingIsInTheRun(int atLeast)
    {
        var files = Directory.EnumerateFiles(_outside.Path, "*", SearchOption.AllDirectories).ToList();
        Assert.True(files.Count >= atLeast, $"{files.Count} files were written");
        Assert.All(files, file => Assert.StartsWith(_run + Path.DirectorySeparatorChar, file, StringComparison.Ordinal));
    }

    private static Pachyderm.Wire.Pfs.FileInfo FileCalled(string path) =>
        new() { File = new Pachyderm.Wire.Pfs.File { Path = path }, FileType = FileType.File, SizeBytes = 7 };

    private sealed class OneFile : IFileSide
    {
        public IAsyncEnumerable<CommitFile> ListAsync(ComparedCommit commit, CancellationToken cancellationToken) =>
            new[] { new CommitFile("/file", 7, "aa") }.ToAsyncEnumerable();

        public Task<FileContent?> TryReadAsync(ComparedCommit commit, CommitFile file, CancellationToken cancellationToken) =>
            Task.FromResult<FileContent?>(null);
    }
}
