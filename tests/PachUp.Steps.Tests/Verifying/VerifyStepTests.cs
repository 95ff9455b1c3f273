using PachUp.Common.Files;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk;
using PachUp.Steps.Extracting;
using PachUp.Steps.Restoring;
using PachUp.Steps.Resuming;
using PachUp.Steps.Verifying;
using PachUp.Verification.Comparing;
using PachUp.Verification.Files;
using PachUp.Verification.Records;

namespace PachUp.Steps.Tests.Verifying;

public class VerifyStepTests
{
    private static readonly VerifyStep Step = new();
    private static readonly VerifyStep.Arguments Arguments = new();

    [Fact]
    public async Task What_the_preview_expects_is_what_is_found()
    {
        await using var bench = await RestoredAsync();

        var preview = await Step.PreviewAsync(Arguments, bench.Execution);
        var result = await Step.ExecuteAsync(Arguments, bench.Execution);

        Assert.StartsWith("Expects 3 repos, 1 branch, 2 commits, 2 pipelines, all objects and tags; ", preview.Summary, StringComparison.Ordinal);
        Assert.StartsWith("Nothing is lost: repos 3 of 3, branches 1 of 1, commits 2 of 2, pipelines 2 of 2, objects ", result.Summary, StringComparison.Ordinal);
        Assert.False(ReportOf(bench).FoundLoss);
    }

    [Fact]
    public async Task Doing_it_twice_finds_the_same()
    {
        await using var bench = await RestoredAsync();

        var first = await Step.ExecuteAsync(Arguments, bench.Execution);

        Assert.Equal(first.Summary, (await Step.ExecuteAsync(Arguments, bench.Execution)).Summary);
        Assert.Equal("Nothing to undo: this step only read.", Step.DescribeRollback(Arguments, bench.Execution));
    }

    [Fact]
    public async Task A_repo_that_is_missing_is_a_loss_and_is_named()
    {
        await using var bench = await RestoredAsync();
        await StepBench.ChangeAsync(bench.Target, async client =>
            await client.Pfs.DeleteRepoAsync(new DeleteRepoRequest { Repo = new Repo { Name = "images" }, Force = true }));

        var loss = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(Arguments, bench.Execution));

        Assert.Equal(FailureKind.LossFound, loss.Kind);
        Assert.Contains("repos 2 of 3", loss.Message, StringComparison.Ordinal);
        Assert.Contains("repo images", loss.Message, StringComparison.Ordinal);
        Assert.True(ReportOf(bench).FoundLoss);
    }

    [Fact]
    public async Task An_object_that_is_missing_is_named_by_the_beginning_of_its_hash()
    {
        await using var bench = await RestoredAsync();
        byte[] hash = [.. Enumerable.Range(0xf0, 16).Select(digit => (byte)digit)];
        await System.IO.File.AppendAllBytesAsync(Path.Combine(bench.RunDirectory, RecordFiles.SourceObjects), hash);

        var loss = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(Arguments, bench.Execution));

        Assert.Contains("object f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff...", loss.Message, StringComparison.Ordinal);
        Assert.Equal(new InventoryItem(ItemKind.Object, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff..."), Assert.Single(ReportOf(bench).Lost));
    }

    [Fact]
    public async Task A_tag_that_is_missing_is_named()
    {
        await using var bench = await RestoredAsync();
        byte[] tag = [.. new byte[16], 0, (byte)"model-v1".Length, .. "model-v1"u8];
        await System.IO.File.AppendAllBytesAsync(Path.Combine(bench.RunDirectory, RecordFiles.SourceTags), tag);

        var loss = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(Arguments, bench.Execution));

        Assert.Contains("tag model-v1", loss.Message, StringComparison.Ordinal);
        Assert.Equal(new InventoryItem(ItemKind.Tag, "model-v1"), Assert.Single(ReportOf(bench).Lost));
    }

    [Fact]
    public async Task A_pipeline_that_runs_although_it_was_stopped_is_a_loss()
    {
        await using var bench = await RestoredAsync();
        await StepBench.ChangeAsync(bench.Target, async client =>
            await client.Pps.StartPipelineAsync(new Pachyderm.Wire.Pps.StartPipelineRequest { Pipeline = new Pachyderm.Wire.Pps.Pipeline { Name = "halted" } }));

        var loss = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(Arguments, bench.Execution));

        Assert.Contains("pipeline halted", loss.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_there_beside_what_was_expected_is_no_loss()
    {
        await using var bench = await RestoredAsync();
        await StepBench.ChangeAsync(bench.Target, client => client.CreateRepoAsync("more"));

        await Step.ExecuteAsync(Arguments, bench.Execution);

        Assert.Equal("more", Assert.Single(ReportOf(bench).Added).Name);
    }

    [Fact]
    public async Task After_the_resume_new_commits_and_stopped_pipelines_are_no_loss()
    {
        await using var bench = await RestoredAsync();
        await new ResumeStep().ExecuteAsync(new ResumeStep.Arguments(), bench.Execution);
        await StepBench.ChangeAsync(bench.Target, async client =>
        {
            await client.CommitFileAsync("images", "master", "/3.png", "three");
            await client.StopPipelineAsync("edges");
        });

        await Step.ExecuteAsync(Arguments, bench.Execution);

        Assert.False(ReportOf(bench).FoundLoss);
    }

    [Fact]
    public async Task Before_the_resume_a_new_commit_on_the_target_is_a_difference()
    {
        await using var bench = await RestoredAsync();
        await StepBench.ChangeAsync(bench.Target, client => client.CommitFileAsync("images", "master", "/3.png", "three"));

        var loss = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(Arguments, bench.Execution));

        Assert.Contains("branch images@master", loss.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_objects_cannot_be_listed_the_files_of_the_branch_heads_are_read_in_their_place()
    {
        await using var bench = await RestoredAsync(exposesObjects: false);

        var preview = await Step.PreviewAsync(Arguments, bench.Execution);
        await Step.ExecuteAsync(Arguments, bench.Execution);

        Assert.Contains(preview.Notes, note => note.StartsWith("Objects and tags cannot be compared: ", StringComparison.Ordinal));
        var report = ReportOf(bench);
        Assert.Contains(report.NotCompared, sentence => sentence.StartsWith("Objects and tags of the target: ", StringComparison.Ordinal));
        Assert.Equal(2, Assert.Single(report.Files).Files);
    }

    [Fact]
    public async Task Every_file_of_the_branch_heads_is_compared_where_the_plan_asks_for_it()
    {
        await using var bench = await RestoredAsync();
        var arguments = Arguments with { Deep = DeepScope.Heads };

        var preview = await Step.PreviewAsync(arguments, bench.Execution);
        await Step.ExecuteAsync(arguments, bench.Execution);

        Assert.Contains("Compares every file of 1 commit by path, size and bytes with the source.", preview.Notes);
        Assert.Equal((2L, 2L), (ReportOf(bench).Files[0].Kept, ReportOf(bench).Files[0].Files));
    }

    [Fact]
    public async Task In_place_files_are_compared_with_fingerprints_and_without_these_the_remedy_is_said()
    {
        await using var bench = await RestoredAsync();

        var failure = await Assert.ThrowsAsync<StepFailedException>(
            () => Step.ExecuteAsync(Arguments with { Deep = DeepScope.Heads }, bench.Execution with { IsInPlace = true }));

        Assert.Equal("the source does not answer any more, and the content of its files was not recorded", failure.Message);
    }

    private static VerificationReport ReportOf(StepBench bench) =>
        JsonFile.TryRead<VerificationReport>(Path.Combine(bench.RunDirectory, RecordFiles.Verification))!;

    private static async Task<StepBench> RestoredAsync(bool exposesObjects = true)
    {
        var bench = await StepBench.StartAsync(exposesObjects: exposesObjects);
        await new ExtractStep().ExecuteAsync(new ExtractStep.Arguments { To = bench.Archive }, bench.Execution);
        await new RestoreStep().ExecuteAsync(new RestoreStep.Arguments { From = bench.Archive }, bench.Execution);
        return bench;
    }
}
