using Google.Protobuf;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Tests.Workers;

/// <summary>The output that workers finish, and its state after objects were sent to another cluster.</summary>
public sealed class FinishedOutputTests
{
    [Fact]
    public async Task Output_files_lie_in_one_block_per_datum()
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.9.0");
        await cluster.Files.CreatePipelineAsync("montage", "images", more: spec => spec.Input.Pfs.Glob = "/");
        await cluster.FlushAsync("images");

        var files = await cluster.Pfs.ListFileAsync(new ListFileRequest { File = FileOf("montage", "/"), Full = true });

        Assert.Equal([(0ul, 3ul), (3ul, 6ul)], files.FileInfo.Select(file => (file.BlockRefs[0].Range.Lower, file.BlockRefs[0].Range.Upper)));
        Assert.Single(files.FileInfo.Select(file => file.BlockRefs[0].Block.Hash).Distinct());
    }

    [Fact]
    public async Task Files_with_the_same_path_are_concatenated()
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.9.0");
        await cluster.Files.CreateRepoAsync("labels");
        await cluster.Files.CommitFileAsync("labels", "master", "/all", "A");
        await cluster.Pps.CreatePipelineAsync(WorkingCluster.Spec("pairs", new Input { Cross = { Pfs("images"), Pfs("labels") } }));

        await cluster.FlushAsync("labels");

        Assert.Equal("AA", await cluster.ReadAsync("pairs", "/all"));
    }

    [Theory]
    [InlineData("1.8.7", "1.9.12")]
    [InlineData("1.8.8", "1.9.12")]
    public async Task Output_from_results_that_were_sent_as_objects_is_listed_and_cannot_be_read(string from, string to)
    {
        await using var source = await WorkingCluster.StartWithImagesAsync(from);
        await source.Files.CreatePipelineAsync("edges", "images", more: spec => spec.Salt = "1234");
        await source.FlushAsync("images");
        await using var target = await WorkingCluster.StartAsync(to);

        await target.RestoreAsync((await source.ExtractAsync()).Select(operation => InNewestGeneration(operation, salt: "1234")));
        var jobs = await target.FlushAsync("images");

        Assert.All(jobs, job => Assert.Equal((JobState.JobSuccess, 0), (job.State, job.DataProcessed)));
        Assert.Equal(["1.png", "2.png"], await target.ListAsync("edges"));
        var refusal = await Assert.ThrowsAsync<RpcException>(() => target.ReadAsync("edges", "/1.png"));
        Assert.Matches("^open /pach/block/[0-9a-f]{32}: no such file or directory$", refusal.Status.Detail);
    }

    [Fact]
    public async Task Without_their_tags_the_results_are_computed_again_and_can_be_read()
    {
        await using var source = await WorkingCluster.StartWithImagesAsync("1.8.8");
        await source.Files.CreatePipelineAsync("edges", "images", more: spec => spec.Salt = "1234");
        await source.FlushAsync("images");
        await using var target = await WorkingCluster.StartAsync("1.9.12");

        var operations = (await source.ExtractAsync()).Where(operation => operation.Op18.Tag is null);
        await target.RestoreAsync(operations.Select(operation => InNewestGeneration(operation, salt: "1234")));
        await target.FlushAsync("images");

        Assert.Equal(2, (await target.JobsAsync("edges")).Sum(job => job.DataProcessed));
        Assert.Equal("one", await target.ReadAsync("edges", "/1.png"));
    }

    [Fact]
    public async Task An_input_that_cannot_be_read_fails_its_datum_and_all_later_stages()
    {
        await using var source = await WorkingCluster.StartWithImagesAsync("1.9.0");
        await source.Files.CreateRepoAsync("others");
        await source.Files.CommitFileAsync("images", "master", "/empty", "");
        await source.Files.CommitFileAsync("others", "master", "/last", "words");
        await using var target = await WorkingCluster.StartAsync("1.9.0");
        await target.RestoreAsync(await source.ExtractAsync());

        await target.Files.CreatePipelineAsync("edges", "images");
        await target.Files.CreatePipelineAsync("montage", "edges");
        var jobs = (await target.FlushAsync("images")).ToDictionary(job => job.Pipeline.Name);

        Assert.Equal((JobState.JobFailure, 2, 1), (jobs["edges"].State, jobs["edges"].DataProcessed, jobs["edges"].DataFailed));
        Assert.StartsWith("failed to process datum: ", jobs["edges"].Reason, StringComparison.Ordinal);
        Assert.Equal((JobState.JobFailure, "inputs edges failed"), (jobs["montage"].State, jobs["montage"].Reason));
        Assert.Empty(await target.ListAsync("edges"));
    }

    [Fact]
    public async Task Without_statistics_datums_have_the_names_of_their_tags_and_no_results()
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.9.0");
        await cluster.Files.CreatePipelineAsync("edges", "images");
        var job = Assert.Single(await cluster.FlushAsync("images"));

        var datums = await cluster.Pps.ListDatumAsync(new ListDatumRequest { Job = job.Job });
        var tags = (await cluster.ExtractAsync()).Select(operation => operation.Op19.Tag?.Tags[0].Name).OfType<string>();

        Assert.Equal(tags.Order(), datums.DatumInfos.Select(datum => datum.Datum.Id).Order());
        Assert.All(datums.DatumInfos, datum => Assert.Equal(DatumState.Starting, datum.State));
    }

    [Fact]
    public async Task Statistics_have_the_result_of_each_datum()
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.9.12");
        await cluster.Files.CreatePipelineAsync("edges", "images", more: spec => spec.EnableStats = true);
        var job = Assert.Single(await cluster.FlushAsync("images"));

        using var call = cluster.Pps.ListDatumStream(new ListDatumRequest { Job = job.Job });
        var datums = await call.ResponseStream.ReadAllAsync().Select(message => message.DatumInfo).ToListAsync();

        Assert.All(datums, datum => Assert.Equal((DatumState.Success, 3ul), (datum.State, datum.Stats.DownloadBytes)));
        Assert.Equal(["/1.png", "/2.png"], datums.Select(datum => datum.Data.Single().File.Path).Order());
    }

    [Fact]
    public async Task A_datum_of_a_job_without_statistics_cannot_be_inspected()
    {
        await using var cluster = await WorkingCluster.StartWithImagesAsync("1.8.7");
        await cluster.Files.CreatePipelineAsync("edges", "images");
        var job = Assert.Single(await cluster.FlushAsync("images"));

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await cluster.Pps.InspectDatumAsync(new InspectDatumRequest { Datum = new Datum { Id = "1", Job = job.Job } }));

        Assert.Equal("stats not enabled on edges", refusal.Status.Detail);
    }

    private static Pachyderm.Wire.Pfs.File FileOf(string repo, string path) => new() { Commit = WorkingCluster.CommitOf(repo, "master"), Path = path };

    private static Input Pfs(string repo) => new() { Pfs = new PFSInput { Repo = repo, Glob = "/*" } };

    /// <summary>Converts an operation of 1.8 to 1.9, and adds the salt that extracts of 1.8.7 leave out.</summary>
    private static Op InNewestGeneration(Op operation, string salt)
    {
        var newest = new Op { Op19 = Op1_9.Parser.ParseFrom(operation.Op18.ToByteArray()) };
        if (newest.Op19.Pipeline is { } pipeline)
            pipeline.Salt = salt;

        return newest;
    }
}
