using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Records;

namespace PachUp.Verification.Tests.AfterWork;

/// <summary>The verdict on the output of one head: from its jobs on both clusters, whether it has files, and the files themselves.</summary>
public sealed class OutputJudgeTests : IDisposable
{
    private static readonly OutputHead WithFiles = new("edges", "master", OutputKind.Files, "e1", ["images@i1"], HasFiles: true);
    private static readonly OutputHead WithoutFiles = WithFiles with { HasFiles = false };

    private readonly TemporaryFolder _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Output_with_the_same_files_is_equal()
    {
        var verdict = await JudgeAsync(Found(WithFiles));

        Assert.Equal((OutputOutcome.Equal, 1L, 1L), (verdict.Outcome, verdict.Files, verdict.Equal));
    }

    [Fact]
    public async Task Output_with_another_content_is_lost()
    {
        var verdict = await JudgeAsync(Found(WithFiles), targetContent: "two");

        Assert.Equal((OutputOutcome.Lost, "edges@master:/1"), (verdict.Outcome, Assert.Single(verdict.Changed).Name));
    }

    [Fact]
    public async Task Another_content_is_explained_where_people_accepted_it_for_the_pipeline()
    {
        var verdict = await JudgeAsync(Found(WithFiles), targetContent: "two", accepted: "edges");

        Assert.Equal((OutputOutcome.Explained, "another content, which was accepted"), (verdict.Outcome, verdict.Why));
        Assert.Empty(verdict.Changed);
        Assert.Single(verdict.Explained);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_lost_also_where_another_content_was_accepted()
    {
        var verdict = await JudgeAsync(Found(WithFiles), targetContent: null, accepted: "edges");

        Assert.Equal(OutputOutcome.Lost, verdict.Outcome);
    }

    [Fact]
    public async Task A_harmless_obstacle_is_not_compared_and_an_open_one_is_not_proved()
    {
        var harmless = await JudgeAsync(new OutputMatch(WithFiles) { Obstacle = Obstacle.Harmless("it is a spout") });
        var open = await JudgeAsync(new OutputMatch(WithFiles) { Obstacle = Obstacle.Open("no commit yet") });

        Assert.Equal((OutputOutcome.NotCompared, "it is a spout"), (harmless.Outcome, harmless.Why));
        Assert.Equal((OutputOutcome.NotProved, "no commit yet"), (open.Outcome, open.Why));
    }

    [Fact]
    public async Task A_job_that_failed_on_the_target_alone_has_lost_the_output()
    {
        var verdict = await JudgeAsync(Found(WithFiles) with { HasFiles = false }, target: Failed("f1", "out of memory"));

        Assert.Equal((OutputOutcome.Lost, "the job failed: out of memory", 1L), (verdict.Outcome, verdict.Why, verdict.Files));
        Assert.Equal("edges@f1", Assert.Single(verdict.Lost).Name);
    }

    [Fact]
    public async Task A_job_that_failed_on_both_is_explained()
    {
        var verdict = await JudgeAsync(Found(WithoutFiles) with { HasFiles = false }, Failed("e1", "bad input"), Failed("f1", "bad input"));

        Assert.Equal((OutputOutcome.Explained, "the job failed on the source too: bad input"), (verdict.Outcome, verdict.Why));
    }

    [Fact]
    public async Task Output_where_the_job_had_failed_on_the_source_is_explained()
    {
        var verdict = await JudgeAsync(Found(WithoutFiles), source: Failed("e1", ""));

        Assert.Equal((OutputOutcome.Explained, "there is output now; on the source the job had failed: job j-e1 ended as failure"), (verdict.Outcome, verdict.Why));
    }

    [Fact]
    public async Task A_pipeline_that_has_failed_on_the_target_has_lost_its_output_without_a_job()
    {
        var verdict = await JudgeAsync(Found(WithFiles) with { HasFiles = false }, failedPipeline: "image not found");

        Assert.Equal((OutputOutcome.Lost, "the pipeline has failed, and pachd finished its output without files: image not found"), (verdict.Outcome, verdict.Why));
    }

    [Fact]
    public void Of_several_jobs_of_one_output_commit_the_first_counts()
    {
        var jobs = OutputJudge.ByOutput([Job("e1", "success", "newest"), Job("e1", "failure", "older"), Job(null, "running", "")]);

        Assert.Equal("newest", Assert.Single(jobs).Value.Reason);
    }

    private static OutputMatch Found(OutputHead head) => new(head) { Commit = "f1", HasFiles = true };

    private static JobRecord Failed(string output, string reason) => Job(output, "failure", reason);

    private static JobRecord Job(string? output, string state, string reason) =>
        new($"j-{output}", "edges", 1, state, reason, null, null, output, new DatumCounts(0, 0, 0, 0));

    private async Task<OutputVerdict> JudgeAsync(
        OutputMatch match, JobRecord? source = null, JobRecord? target = null, string? failedPipeline = null, string? targetContent = "one", string? accepted = null)
    {
        var recorded = new RecordedFiles(_run.Path);
        await recorded.WriteAsync(WithFiles, new[] { await ReadAsync("one") }.ToAsyncEnumerable(), CancellationToken.None);
        await using var server = await FileServer.StartAsync(targetContent is null ? [] : [("/1", targetContent)]);
        await using var client = PachdClient.Create(server.Address);
        var judge = new OutputJudge(
            new OutputComparison(recorded, new OutputFiles(client), source: null, new Progress<StepProgress>()),
            OutputJudge.ByOutput(source is null ? [] : [source]),
            OutputJudge.ByOutput(target is null ? [] : [target]),
            failedPipeline is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["edges"] = failedPipeline },
            accepted is null ? new HashSet<string>() : [accepted]);
        return await judge.JudgeAsync(match, CancellationToken.None);
    }

    /// <summary>A file as the source would have been recorded with it.</summary>
    private static async Task<Pachyderm.Inventories.CommitFile> ReadAsync(string content)
    {
        await using var server = await FileServer.StartAsync(("/1", content));
        await using var client = PachdClient.Create(server.Address);
        var files = new OutputFiles(client);
        return await files.ReadAsync("edges", "e1", await files.ListAsync("edges", "e1", CancellationToken.None).SingleAsync(), CancellationToken.None);
    }
}
