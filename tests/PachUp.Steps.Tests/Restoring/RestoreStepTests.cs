using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Steps.Extracting;
using PachUp.Steps.Pausing;
using PachUp.Steps.Restoring;
using PachUp.Testing;
using PachUp.Verification.Comparing;

namespace PachUp.Steps.Tests.Restoring;

public class RestoreStepTests
{
    private static readonly RestoreStep Step = new();

    [Fact]
    public async Task What_the_preview_says_arrives()
    {
        await using var bench = await ExtractedAsync();

        var preview = await Step.PreviewAsync(ArgumentsOf(bench), bench.Execution);
        await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);

        var target = await StepBench.LookAsync(bench.Target);
        Assert.Equal("Sends 3 repos, 2 pipelines and 2 commits to 1.9.12, as operations of 1.9", preview.Summary);
        Assert.Equal(["edges", "halted", "images"], target.Repos.Select(repo => repo.Name));
        Assert.Equal(["edges", "halted"], target.Pipelines.Select(pipeline => pipeline.Name));
        Assert.Equal(2, target.FindRepo("images")!.Commits.Length);
        Assert.False(Verifier.Compare(bench.Execution.Survey.ExpectedTarget, target).FoundLoss);
    }

    [Fact]
    public async Task Its_outputs_say_how_much_was_sent_and_to_which_cluster()
    {
        await using var bench = await ExtractedAsync();

        var result = await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);

        Assert.Equal($"Sent {result.Outputs[OutputNames.Operations]} operations", result.Summary);
        Assert.Equal((await StepBench.LookAsync(bench.Target)).ClusterId, result.Outputs[OutputNames.Cluster]);
    }

    [Fact]
    public async Task The_progress_counts_the_operations_of_the_archive_up_to_their_number()
    {
        await using var bench = await ExtractedAsync();
        var archive = (await ArchiveInspection.VerifyAsync(bench.Archive)).Summary.Operations;

        await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);

        var sent = bench.Execution.Reports.Where(report => report.Text.StartsWith("sending", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(sent);
        Assert.All(sent, report => Assert.Equal((archive, "operations"), (report.Total, report.Unit)));
        Assert.Equal(sent.Select(report => report.Done).Order(), sent.Select(report => report.Done));
        Assert.Equal(archive, sent[^1].Done);
    }

    [Fact]
    public async Task A_pipeline_that_was_stopped_on_the_source_is_stopped_on_the_target()
    {
        await using var bench = await ExtractedAsync();

        var preview = await Step.PreviewAsync(ArgumentsOf(bench), bench.Execution);
        await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);

        Assert.Contains("stop pipeline halted", preview.Does());
        Assert.Equal(["edges"], await StepBench.RunningAsync(bench.Target));
    }

    [Fact]
    public async Task A_pipeline_with_a_cron_input_is_left_to_the_step_that_resumes()
    {
        await using var bench = await ExtractedAsync(StepBench.World.With(client => client.CreateCronPipelineAsync("ticker", "@yearly")));

        var preview = await Step.PreviewAsync(ArgumentsOf(bench), bench.Execution);
        await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);

        Assert.Contains("leave to resume pipeline ticker", preview.Does());
        Assert.Null((await StepBench.LookAsync(bench.Target)).FindPipeline("ticker"));
        Assert.Equal(["ticker"], PipelinesAtResume.Read(bench.Execution));
    }

    [Fact]
    public async Task Doing_it_twice_sends_nothing_again()
    {
        await using var bench = await ExtractedAsync();
        await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);
        var before = await StepBench.LookAsync(bench.Target);

        await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);

        Assert.True(InventoryDifference.Between(before, await StepBench.LookAsync(bench.Target)).IsEmpty);
        Assert.Equal(0, bench.Target.Cluster.RepeatedOperations);
    }

    [Fact]
    public async Task Undoing_it_stops_the_pipelines_of_the_target_and_leaves_what_arrived()
    {
        await using var bench = await ExtractedAsync();
        await Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution);

        var undone = await Step.RevertAsync(ArgumentsOf(bench), bench.Execution);

        Assert.StartsWith("Stopped 1 pipeline on the target at ", undone.Summary, StringComparison.Ordinal);
        Assert.Empty(await StepBench.RunningAsync(bench.Target));
        Assert.Equal(3, (await StepBench.LookAsync(bench.Target)).Repos.Length);
    }

    [Fact]
    public async Task Undoing_it_where_the_source_answers_in_the_place_of_the_target_touches_nothing()
    {
        await using var bench = await StepBench.StartAsync();
        var writes = bench.Source.Cluster.WriteCalls;

        var undone = await Step.RevertAsync(ArgumentsOf(bench), bench.Execution with { Target = bench.Execution.Source });

        Assert.EndsWith("the target is undeployed", undone.Summary, StringComparison.Ordinal);
        Assert.Equal(writes, bench.Source.Cluster.WriteCalls);
    }

    [Fact]
    public async Task Undoing_it_where_nothing_answers_has_nothing_to_stop()
    {
        await using var gone = new StandInCluster("target", new Pachyderm.Connections.ClusterAddress { Host = "127.0.0.1", Port = 1 });

        var undone = await Step.RevertAsync(new RestoreStep.Arguments { From = "a" }, StandInExecution.Of(Clusters.Of()) with { Target = gone });

        Assert.Equal("No server answers at 127.0.0.1:1, so no pipeline runs there", undone.Summary);
    }

    [Fact]
    public async Task A_plan_that_did_not_extract_before_cannot_restore()
    {
        await using var bench = await ExtractedAsync();
        using var otherRun = new TemporaryFolder();

        var failure = await Assert.ThrowsAsync<StepFailedException>(
            () => Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution with { RunDirectory = otherRun.Path }));

        Assert.StartsWith("this run has no inventory of the source", failure.Message, StringComparison.Ordinal);
        Assert.Empty((await StepBench.LookAsync(bench.Target)).Repos);
    }

    [Fact]
    public async Task A_target_that_is_not_empty_is_refused()
    {
        await using var bench = await ExtractedAsync();
        await StepBench.ChangeAsync(bench.Target, client => client.CreateRepoAsync("mine"));

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution));

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.Equal($"the target at {bench.Target.Address} is not empty: it has 1 repo and 0 pipelines", refusal.Message);
    }

    [Fact]
    public async Task A_target_of_another_line_is_refused()
    {
        await using var bench = await ExtractedAsync();

        var refusal = await Assert.ThrowsAsync<StepFailedException>(
            () => Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution with { TargetRelease = new Pachyderm.Release(1, 10, 0) }));

        Assert.Equal($"the cluster at {bench.Target.Address} is 1.9.12, but the plan is for 1.10", refusal.Message);
    }

    [Fact]
    public async Task The_source_itself_is_refused_as_the_target()
    {
        await using var bench = await ExtractedAsync();
        var itself = bench.Execution with { Target = bench.Execution.Source, TargetRelease = new Pachyderm.Release(1, 8, 8) };

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(ArgumentsOf(bench), itself));

        Assert.StartsWith($"the cluster at {bench.Source.Address} is the source cluster itself", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_is_not_sent_to_a_target_that_does_not_find_the_objects()
    {
        await using var bench = await ExtractedAsync(sharesBucket: false);

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution));

        Assert.StartsWith($"the target at {bench.Target.Address} does not find the objects of images@", refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await StepBench.LookAsync(bench.Target)).Repos);
    }

    [Fact]
    public async Task A_damaged_archive_is_noticed_before_anything_is_sent()
    {
        await using var bench = await ExtractedAsync();
        var content = File.ReadAllBytes(bench.Archive);
        content[^1] ^= 1;
        File.WriteAllBytes(bench.Archive, content);

        await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(ArgumentsOf(bench), bench.Execution));

        Assert.Empty((await StepBench.LookAsync(bench.Target)).Repos);
    }

    /// <summary>A source that was paused and extracted.</summary>
    private static async Task<StepBench> ExtractedAsync(Cluster? world = null, bool sharesBucket = true)
    {
        var bench = await StepBench.StartAsync(world, sharesBucket);
        await new PauseStep().ExecuteAsync(new PauseStep.Arguments(), bench.Execution);
        await new ExtractStep().ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive }, bench.Execution);
        return bench;
    }

    private static RestoreStep.Arguments ArgumentsOf(StepBench bench) => new() { From = bench.Archive };
}
