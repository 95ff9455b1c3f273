using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk.Testing;
using PachUp.Testing;
using AdminApi = PachUp.Pachyderm.Wire.Admin.API;
using PpsApi = PachUp.Pachyderm.Wire.Pps.API;

namespace PachUp.Sandbox.Tests;

public sealed class RestoreTests
{
    private const string Scenarios = "30-restore-";

    /// <summary>Every scenario in which a full archive was restored onto an empty cluster: the release, the archive, and the error; empty for success.</summary>
    public static TheoryData<string, string, string> RecordedRestores
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var release in SandboxReleases.All)
            {
                foreach (var path in Directory.EnumerateFiles(Recordings.Transcripts(release.ToString()), $"{Scenarios}*-full.jsonl").Order(StringComparer.Ordinal))
                {
                    var restore = new Transcript(new Scenario(Path.GetFileNameWithoutExtension(path)), release.ToString(), path).ReadCalls()
                        .First(call => call.Method == "/admin.API/Restore");
                    data.Add(release.ToString(), Path.GetFileNameWithoutExtension(path)[Scenarios.Length..], restore.Message);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(RecordedRestores))]
    public async Task An_archive_is_accepted_or_refused_as_by_the_real_server(string release, string archive, string words)
    {
        await using var cluster = await Clusters.StartAsync(release);

        var refusal = await Record.ExceptionAsync(() => cluster.FillAsync(Recordings.Archive(archive)));

        Assert.Equal(words, refusal?.Message ?? "");
    }

    [Theory]
    [MemberData(nameof(RecordedRestores))]
    public async Task A_call_of_Restore_succeeds_or_fails_as_filling_does(string release, string archive, string words)
    {
        await using var cluster = await Clusters.StartAsync(release);
        using var channel = SandboxChannel.Open(cluster.Address);
        using var restore = new AdminApi.APIClient(channel).Restore();

        var end = await Record.ExceptionAsync(async () =>
        {
            await SendAsync(restore, Recordings.Archive(archive));
            await restore;
        });

        Assert.Equal(words, (end as RpcException)?.Status.Detail ?? "");
    }

    [Fact]
    public async Task Metadata_with_stopped_pipelines_are_refused_by_1_9_even_on_a_copy_of_the_bucket()
    {
        await using var source = await Clusters.StartAsync("1.8.7", "1.8.7-stoppedout-full");
        await using var cluster = await Clusters.StartAsync("1.9.0", store: source.ObjectStore.Copy());

        var refusal = await Assert.ThrowsAsync<SandboxException>(() => cluster.FillAsync(Recordings.Archive("1.8.7-stopped-metadata")));

        Assert.Equal("error creating commit: cannot start a commit on an output branch", refusal.Message);
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.8.8")]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task What_a_release_extracts_it_restores_and_then_extracts_the_same_commits(string release)
    {
        await using var source = await Clusters.StartAsync(release, $"{release}-world-full");
        var first = await ExtractAsync(source);
        await using var target = await Clusters.StartAsync(release);
        using var channel = SandboxChannel.Open(target.Address);
        using var restore = new AdminApi.APIClient(channel).Restore();
        foreach (var op in first)
        {
            await restore.RequestStream.WriteAsync(new RestoreRequest { Op = op });
        }

        await restore.RequestStream.CompleteAsync();
        await restore;

        Assert.Equal(CommitsOf(first).Order(StringComparer.Ordinal), CommitsOf(await ExtractAsync(target)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Restoring_twice_destroys_the_pipelines_of_1_9_12()
    {
        await using var cluster = await Clusters.StartAsync("1.9.12", "1.9.12-world-full");
        using var channel = SandboxChannel.Open(cluster.Address);
        var pps = new PpsApi.APIClient(channel);
        Assert.NotEmpty((await pps.ListPipelineAsync(new ListPipelineRequest())).PipelineInfo);

        await cluster.FillAsync(Recordings.Archive("1.9.12-world-full"));

        var wreck = await Assert.ThrowsAsync<RpcException>(async () => await pps.ListPipelineAsync(new ListPipelineRequest()));
        Assert.StartsWith("could not read existing PipelineInfo from PFS: commit ", wreck.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task SendAsync(AsyncClientStreamingCall<RestoreRequest, Empty> restore, string archivePath)
    {
        await using var archive = System.IO.File.OpenRead(archivePath);
        try
        {
            await foreach (var operation in ArchiveReader.ReadAsync(archive))
            {
                await restore.RequestStream.WriteAsync(new RestoreRequest { Op = Op.Parser.ParseFrom(operation.Bytes.Span) });
            }

            await restore.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The server has ended the call. Its status says why.
        }
    }

    private static async Task<List<Op>> ExtractAsync(SandboxCluster cluster)
    {
        using var channel = SandboxChannel.Open(cluster.Address);
        using var call = new AdminApi.APIClient(channel).Extract(new ExtractRequest());
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    private static IEnumerable<string> CommitsOf(IEnumerable<Op> ops) => ops
        .Select(op => op.Op19?.Commit ?? op.Op18?.Commit ?? op.Op17?.Commit)
        .OfType<BuildCommitRequest>()
        .Select(commit => $"{commit.Parent.Repo.Name}@{commit.ID} {commit.Tree?.Hash}");
}
