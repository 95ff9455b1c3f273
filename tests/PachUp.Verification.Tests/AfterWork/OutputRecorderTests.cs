using PachUp.Common;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.AfterWork;

namespace PachUp.Verification.Tests.AfterWork;

public sealed class OutputRecorderTests : IDisposable
{
    private readonly TemporaryFolder _run = new();
    private readonly List<StepProgress> _reports = [];

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Every_file_of_finished_output_is_read_end_to_end()
    {
        var outputs = await RecordAsync(Source(), 1000, ("/1", "one"), ("/2", "three"));

        Assert.Equal((2L, 0L), (outputs.Files, outputs.FilesNotRead));
        Assert.Equal([("/1", 3L, true), ("/2", 5L, true)], (await RecordedAsync(outputs.Heads[0])).Select(file => (file.Path, file.SizeBytes, file.Sha256 is not null)));
    }

    [Fact]
    public async Task The_progress_counts_up_to_the_size_of_the_output()
    {
        // The commit of the source has 7 bytes, as Clusters makes it.
        await RecordAsync(Source(), 1000, ("/1", "one"), ("/2", "four"));

        Assert.Equal(
            [new StepProgress("recording the output of pipelines", 3, 7, "bytes"), new StepProgress("recording the output of pipelines", 7, 7, "bytes")],
            _reports);
    }

    [Fact]
    public async Task Beyond_the_budget_only_the_size_is_kept()
    {
        var outputs = await RecordAsync(Source(), 4, ("/1", "one"), ("/2", "three"));

        Assert.Equal((2L, 1L), (outputs.Files, outputs.FilesNotRead));
        Assert.Equal([true, false], (await RecordedAsync(outputs.Heads[0])).Select(file => file.Sha256 is not null));
    }

    [Fact]
    public async Task A_head_that_was_recorded_before_is_not_read_again()
    {
        await RecordAsync(Source(), 1000, ("/1", "one"));

        var again = await RecordAsync(Source(), 1000, ("/1", null));

        Assert.Equal((1L, 0L), (again.Files, again.FilesNotRead));
        Assert.NotNull((await RecordedAsync(again.Heads[0]))[0].Sha256);
    }

    [Fact]
    public async Task A_file_that_the_source_cannot_give_is_recorded_with_the_reason()
    {
        var outputs = await RecordAsync(Source(), 1000, ("/1", null));

        Assert.Contains("no such file", Assert.Single(await RecordedAsync(outputs.Heads[0])).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_that_the_source_cannot_list_does_not_stop_the_others()
    {
        await using var server = await FakePachd.StartAsync((method, _) => method == "/versionpb.API/GetVersion"
            ? Reply.Of(new Pachyderm.Wire.Version.Version { Major = 1, Minor = 9 })
            : Reply.Error(2, "object 4f not found"));

        var outputs = await RecordAsync(server, Source(), 1000);

        Assert.Contains("object 4f not found", Assert.Single(outputs.Heads).Problem, StringComparison.Ordinal);
        Assert.Empty(await RecordedAsync(outputs.Heads[0]));
    }

    [Fact]
    public async Task What_a_spout_brings_in_is_not_recorded()
    {
        var spout = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        spout.Spout = new Spout();

        var outputs = await RecordAsync(Source(spout), 1000, ("/1", "one"));

        Assert.Equal((OutputKind.Outside, 0L), (Assert.Single(outputs.Heads).Kind, outputs.Files));
        Assert.Empty(outputs.ToProve);
    }

    [Fact]
    public async Task What_was_recorded_is_read_back_from_the_run()
    {
        var outputs = await RecordAsync(Source(), 1000, ("/1", "one"));

        var read = SourceOutputs.TryRead(_run.Path)!;

        Assert.Equal((outputs.Files, outputs.MostBytes, "edges"), (read.Files, read.MostBytes, Assert.Single(read.ToProve).Pipeline));
    }

    [Fact]
    public void What_would_be_recorded_is_said_before() =>
        Assert.StartsWith("Records the output of 1 pipeline (1 branch head), so that it can be proved", OutputRecorder.Describe(Source(), 1000), StringComparison.Ordinal);

    [Fact]
    public void Where_no_pipeline_has_finished_anything_there_is_nothing_to_say() =>
        Assert.Null(OutputRecorder.Describe(Clusters.Of(Clusters.Repo("edges")).Running(Clusters.Pipeline("edges")), 1000));

    private static ClusterInventory Source(PipelineInfo? pipeline = null) => Clusters
        .Of(Clusters.Repo("edges", Clusters.Commit("e1")).With(Clusters.Branch("master", "e1")))
        .Running(pipeline ?? Clusters.Pipeline("edges", Clusters.Pfs("images")));

    private async Task<SourceOutputs> RecordAsync(ClusterInventory source, long mostBytes, params (string Path, string? Content)[] files)
    {
        await using var server = await FileServer.StartAsync(files);
        return await RecordAsync(server, source, mostBytes);
    }

    private async Task<SourceOutputs> RecordAsync(FakePachd server, ClusterInventory source, long mostBytes)
    {
        await using var client = PachdClient.Create(server.Address);
        return await new OutputRecorder(client, _run.Path, new InlineProgress<StepProgress>(_reports.Add)).RecordAsync(source, mostBytes, CancellationToken.None);
    }

    private async Task<List<CommitFile>> RecordedAsync(OutputHead head) =>
        await new RecordedFiles(_run.Path).ReadAsync(head, CancellationToken.None).ToListAsync();
}
