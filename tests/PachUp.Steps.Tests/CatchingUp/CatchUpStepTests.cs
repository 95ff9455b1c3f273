using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Steps.CatchingUp;
using PachUp.Steps.Restoring;

namespace PachUp.Steps.Tests.CatchingUp;

public class CatchUpStepTests
{
    [Fact]
    public async Task Without_late_writes_nothing_is_sent()
    {
        await using var bench = await CatchUpBench.StartAsync();
        var before = await bench.TargetAsync();

        var result = await bench.CatchUpAsync();

        Assert.Equal("Nothing was written to the source after the extract", result.Summary);
        Assert.True(InventoryDifference.Between(before, await bench.TargetAsync()).IsEmpty);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_commit_is_carried_with_its_branch_and_nothing_is_sent_twice(bool sharesBucket, bool carriesObjects)
    {
        await using var bench = await CatchUpBench.StartAsync(sharesBucket: sharesBucket, carriesObjects: carriesObjects);
        var commit = "";
        await bench.WriteAsync(async source => commit = await source.CommitFileAsync("images", "master", "/3.png", "three"));

        var result = await bench.CatchUpAsync();

        Assert.Equal("Carried what was written late in 1 pass: 1 branch, 1 commit", result.Summary);
        var images = (await bench.TargetAsync()).FindRepo("images")!;
        Assert.Equal(commit, images.FindBranch("master")!.Head);
        Assert.Equal(3, images.Commits.Length);
        Assert.Equal(0, bench.Repeated);
        Assert.False(bench.Late.IsFound);
        var verification = await bench.VerifyAsync();
        Assert.Equal(new KindCount(ItemKind.Commit, 3, 3), verification.Counts.Single(count => count.Kind == ItemKind.Commit));
        Assert.Equal(new KindCount(ItemKind.File, 1, 1), verification.Counts.Single(count => count.Kind == ItemKind.File));
    }

    [Fact]
    public async Task Only_new_objects_are_in_the_archive_of_a_pass()
    {
        await using var bench = await CatchUpBench.StartAsync(sharesBucket: false, carriesObjects: true);
        await bench.WriteAsync(source => source.CommitFileAsync("images", "master", "/3.png", "three"));
        await bench.CatchUpAsync();
        await bench.WriteAsync(source => source.CommitFileAsync("images", "master", "/4.png", "four"));
        await bench.CatchUpAsync();

        var archives = PassFiles.ArchivesOf(bench.Execution).ToList();

        // The content of the file and the tree of the commit; a pipeline that was stopped writes its spec and the tree of that.
        Assert.Equal(2, archives.Count);
        Assert.All(await Task.WhenAll(archives.Select(archive => ArchiveInspection.VerifyAsync(archive))), report => Assert.Equal(2, report.Summary.Objects));
        Assert.False((await bench.VerifyAsync()).FoundLoss);
    }

    [Fact]
    public async Task Repos_branches_and_pipelines_are_carried()
    {
        await using var bench = await CatchUpBench.StartAsync();
        await bench.WriteAsync(async source =>
        {
            await source.CreateRepoAsync("labels", "by hand");
            await source.CommitFileAsync("labels", "master", "/1.txt", "one");
            await source.CreateBranchAsync("images", "feat.x", "master");
            await source.CreatePipelineAsync("blur", "images");
            await source.CreatePipelineAsync("idle", "labels");
            await source.StopPipelineAsync("idle");
        });

        await bench.CatchUpAsync();

        var target = await bench.TargetAsync();
        Assert.Equal("by hand", target.FindRepo("labels")!.Description);
        Assert.Single(target.FindRepo("labels")!.Commits);
        Assert.Equal(target.FindRepo("images")!.FindBranch("master")!.Head, target.FindRepo("images")!.FindBranch("feat_x")!.Head);
        Assert.False(target.FindPipeline("blur")!.Stopped);
        Assert.True(target.FindPipeline("idle")!.Stopped);
        Assert.False((await bench.VerifyAsync()).FoundLoss);
    }

    [Fact]
    public async Task A_pipeline_that_was_created_late_is_stopped_on_the_source_like_the_others()
    {
        await using var bench = await CatchUpBench.StartAsync();
        await bench.WriteAsync(source => source.CreatePipelineAsync("blur", "images"));

        await bench.CatchUpAsync();

        Assert.Empty(await bench.RunningOnSourceAsync());
        Assert.False((await bench.TargetAsync()).FindPipeline("blur")!.Stopped);
        Assert.False(bench.Late.IsFound);
    }

    [Fact]
    public async Task A_branch_that_was_moved_back_is_moved_back_on_the_target()
    {
        await using var bench = await CatchUpBench.StartAsync();
        var first = (await bench.SourceAsync()).FindRepo("images")!.Commits.Single(commit => commit.Parent is null).Id;
        await bench.WriteAsync(source => source.CreateBranchAsync("images", "master", first));

        await bench.CatchUpAsync();

        Assert.Equal(first, (await bench.TargetAsync()).FindRepo("images")!.FindBranch("master")!.Head);
        Assert.False((await bench.VerifyAsync()).FoundLoss);
    }

    [Fact]
    public async Task The_output_of_new_input_is_opened_by_the_target()
    {
        await using var bench = await CatchUpBench.StartAsync();
        var before = (await bench.TargetAsync()).FindRepo("edges")!.Commits.Length;
        await bench.WriteAsync(source => source.CommitFileAsync("images", "master", "/3.png", "three"));

        await bench.CatchUpAsync();

        Assert.Equal(before + 1, (await bench.TargetAsync()).FindRepo("edges")!.Commits.Length);
    }

    [Fact]
    public async Task Ticks_are_left_to_the_target()
    {
        await using var bench = await CatchUpBench.StartAsync(StepBench.World.With(client => client.CreateCronPipelineAsync("ticker", "@yearly")));
        await bench.WriteAsync(async source =>
        {
            await source.CommitFileAsync("ticker_tick", "master", "/2026-01-01T00:00:00Z", "");
            await source.CommitFileAsync("images", "master", "/3.png", "three");
        });

        await bench.CatchUpAsync();

        Assert.Empty((await bench.TargetAsync()).FindRepo("ticker_tick")!.Commits);
        Assert.False((await bench.VerifyAsync()).FoundLoss);
        Assert.Equal("Nothing was written to the source after the extract", (await bench.CatchUpAsync(execution => execution with { StepId = "catch-up.2" })).Summary);
    }

    [Fact]
    public async Task A_pipeline_with_a_cron_input_is_left_to_the_resume_or_created_if_the_target_works_already()
    {
        await using var bench = await CatchUpBench.StartAsync();
        await bench.WriteAsync(source => source.CreateCronPipelineAsync("early", "@yearly"));
        await bench.CatchUpAsync();
        var left = PipelinesAtResume.Read(bench.Execution);
        await bench.ResumeAsync();
        await bench.WriteAsync(source => source.CreateCronPipelineAsync("late", "@yearly"));

        await bench.CatchUpAsync();

        Assert.Equal(["early"], left);
        Assert.Equal(["early", "edges", "late"], (await bench.TargetAsync()).Pipelines.Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name));
        Assert.False((await bench.VerifyAsync()).FoundLoss);
    }

    [Fact]
    public async Task A_target_that_works_already_catches_up_beside_what_its_clients_wrote()
    {
        await using var bench = await CatchUpBench.StartAsync();
        await bench.ResumeAsync();
        await bench.WriteToTargetAsync(async target =>
        {
            await target.CreateRepoAsync("new-life");
            await target.CommitFileAsync("images", "theirs", "/9.png", "nine");
        });
        await bench.WriteAsync(source => source.CommitFileAsync("images", "master", "/3.png", "three"));

        await bench.CatchUpAsync();

        Assert.Equal((await bench.SourceAsync()).FindRepo("images")!.FindBranch("master")!.Head, (await bench.TargetAsync()).FindRepo("images")!.FindBranch("master")!.Head);
        Assert.False((await bench.VerifyAsync()).FoundLoss);
    }

    [Fact]
    public async Task What_is_written_during_a_pass_is_carried_by_the_next()
    {
        await using var bench = await CatchUpBench.StartAsync();
        await bench.WriteAsync(source => source.CommitFileAsync("images", "master", "/3.png", "three"));
        var writes = 0;

        var result = await bench.CatchUpAsync(execution => execution with
        {
            OnProgress = news =>
            {
                if (news.Text.StartsWith("pass ", StringComparison.Ordinal) && writes++ < 2)
                {
                    bench.WriteAsync(source => source.CommitFileAsync("images", "master", $"/more-{writes}.png", "more")).GetAwaiter().GetResult();
                }
            },
        });

        Assert.StartsWith("Carried what was written late in 3 passes: ", result.Summary, StringComparison.Ordinal);
        Assert.Equal(5, (await bench.TargetAsync()).FindRepo("images")!.Commits.Length);
    }

    [Fact]
    public async Task A_source_that_never_becomes_quiet_ends_the_catch_up_with_what_was_found_last()
    {
        await using var bench = await CatchUpBench.StartAsync();
        var writes = 0;
        void Write() => bench.WriteAsync(source => source.CreateRepoAsync($"late-{++writes}")).GetAwaiter().GetResult();
        Write();
        var execution = bench.Execution with { OnProgress = news => (news.Text.StartsWith("pass ", StringComparison.Ordinal) ? Write : (Action)(() => { }))() };

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => new CatchUpStep().ExecuteAsync(new CatchUpStep.Arguments { Passes = 2 }, execution));

        Assert.Equal(FailureKind.LateWrites, failure.Kind);
        Assert.Equal("the source was written to again during each of 2 passes. The last look found: new repo late-3", failure.Message);
        Assert.NotNull((await bench.TargetAsync()).FindRepo("late-2"));
        Assert.True(bench.Late.IsFound);
        Assert.Equal("Carried what was written late in 3 passes: 3 repos", (await bench.CatchUpAsync()).Summary);
    }

    [Fact]
    public async Task Output_that_was_carried_unchanged_stays_and_new_output_is_computed_from_the_new_input()
    {
        await using var bench = await CatchUpBench.StartAsync(outputs: OutputChoice.Keep);
        await bench.WriteAsync(source => source.CommitFileAsync("images", "master", "/3.png", "three"));

        await bench.CatchUpAsync();

        Assert.False((await bench.VerifyAsync()).FoundLoss);
    }

    [Theory]
    [InlineData("pass-begun", false)]
    [InlineData("pass-begun", true)]
    [InlineData("batch-begun", false)]
    [InlineData("batch-begun", true)]
    [InlineData("batch-arrived", false)]
    [InlineData("batch-arrived", true)]
    [InlineData("pass-done", false)]
    [InlineData("pass-done", true)]
    public async Task A_catch_up_that_is_killed_goes_on_and_sends_nothing_twice(string kind, bool afterRecord)
    {
        await using var bench = await CatchUpBench.StartAsync();
        await bench.WriteAsync(async source =>
        {
            await source.CommitFileAsync("images", "master", "/3.png", "three");
            await source.CreateRepoAsync("labels");
            await source.CreatePipelineAsync("blur", "images");
        });

        await bench.CatchUpUntilKilledAsync(kind, afterRecord);
        var result = await bench.CatchUpAsync();

        Assert.Equal("Carried what was written late in 1 pass: 2 repos, 1 branch, 1 commit, 1 pipeline; 2 changes of output are computed again", result.Summary);
        Assert.Equal(0, bench.Repeated);
        Assert.False((await bench.VerifyAsync()).FoundLoss);
    }

    [Fact]
    public async Task A_bucket_that_was_not_copied_again_is_noticed_before_anything_is_sent()
    {
        await using var bench = await CatchUpBench.StartAsync(Cluster.Empty.WithRepo("images"), sharesBucket: false);
        await bench.WriteAsync(source => source.CommitFileAsync("images", "master", "/1.png", "one"));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => bench.CatchUpAsync());

        Assert.Contains("does not find the objects of images@", failure.Message, StringComparison.Ordinal);
        Assert.Contains("copy the bucket of the source to the bucket of the target again", failure.Remedy, StringComparison.Ordinal);
        Assert.Empty((await bench.TargetAsync()).FindRepo("images")!.Commits);
    }

    [Fact]
    public async Task Passes_must_be_a_sensible_number()
    {
        await using var bench = await CatchUpBench.StartAsync();

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => new CatchUpStep().ExecuteAsync(new CatchUpStep.Arguments { Passes = 0 }, bench.Execution));

        Assert.Equal("\"passes\" is 0", refusal.Message);
    }
}
