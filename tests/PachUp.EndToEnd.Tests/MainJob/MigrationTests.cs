using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Verification.Records;

namespace PachUp.EndToEnd.Tests.MainJob;

public sealed class MigrationTests
{
    [Fact]
    public async Task Stopped_pipelines_stay_stopped_and_running_and_cron_pipelines_run_at_the_end()
    {
        await using var migration = await StartSmallAsync();
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreatePipelineAsync("halted", "images");
        await source.StopPipelineAsync("halted");
        await source.CreateCronPipelineAsync("ticker", "0 0 1 1 *");

        var result = await migration.MigrateAsync(objects: true);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        var target = await MigrationHarness.TakeInventoryAsync(migration.Target);
        Assert.True(target.FindPipeline("halted")!.Stopped);
        Assert.False(target.FindPipeline("edges")!.Stopped);
        Assert.False(target.FindPipeline("ticker")!.Stopped);
        Assert.Empty(target.FindRepo("halted")!.Commits);
        Assert.NotEmpty(target.FindRepo("edges")!.Commits);
    }

    [Fact]
    public async Task Fields_that_the_extract_omits_arrive_too()
    {
        await using var migration = await StartSmallAsync();
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreatePipelineAsync("rich", "images", more: pipeline =>
        {
            pipeline.Salt = "a-salt-of-its-own";
            pipeline.Standby = true;
            pipeline.DatumTries = 7;
            pipeline.SchedulingSpec = new SchedulingSpec { PriorityClassName = "high" };
            pipeline.PodPatch = """[{"op": "add", "path": "/metadata/labels/a", "value": "b"}]""";
            pipeline.HashtreeSpec = new HashtreeSpec { Constant = 2 };
        });

        var result = await migration.MigrateAsync(objects: true);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        var before = (await MigrationHarness.TakeInventoryAsync(migration.Source)).FindPipeline("rich")!;
        var after = (await MigrationHarness.TakeInventoryAsync(migration.Target)).FindPipeline("rich")!;
        Assert.Empty(PipelineSpecs.DifferingFields(before.Info, after.Info));
        Assert.Equal(7, after.Info.DatumTries);
    }

    [Theory]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task A_file_of_several_messages_arrives_byte_for_byte(string target)
    {
        await using var migration = await MigrationHarness.StartAsync("1.8.8", target, sharedBucket: false);
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreateRepoAsync("images");
        await source.CommitFileAsync("images", "master", "/large.bin", new string('x', 25 * 1024 * 1024) + "the end");

        var result = await migration.MigrateAsync(objects: true);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        var probe = Assert.Single((await InventoryFile.ReadAsync(result.Run.File(RecordFiles.Target))).Probes);
        Assert.Equal((25 * 1024 * 1024) + 7, probe.SizeBytes);
    }

    [Fact]
    public async Task A_name_that_1_9_refuses_is_renamed_everywhere()
    {
        await using var migration = await StartSmallAsync();
        using var source = new ClusterBuilder(migration.Source.Address);
        var head = await source.CommitFileAsync("images", "feat.x", "/x.png", "x");
        await source.CreatePipelineAsync("features", "images", "feat.x");

        var result = await migration.MigrateAsync(objects: true);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        var target = await MigrationHarness.TakeInventoryAsync(migration.Target);
        Assert.Equal(head, target.FindRepo("images")!.FindBranch("feat_x")!.Head);
        Assert.Equal("feat_x", target.FindPipeline("features")!.Info.Input.Pfs.Branch);
        Assert.Contains("feat.x -> feat_x", await File.ReadAllTextAsync(result.Run.File(RunFiles.Report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_names_that_would_become_one_are_refused()
    {
        await using var migration = await StartSmallAsync();
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreateBranchAsync("images", "feat.x", "master");
        await source.CreateBranchAsync("images", "feat_x", "master");

        await using var plan = await migration.PlanAsync(objects: true);

        var refusal = Assert.Single(MigrationHarness.RefusalsOf(plan));
        Assert.Contains(refusal.Result.Items, item => item.Contains("feat.x", StringComparison.Ordinal) && item.Contains("feat_x", StringComparison.Ordinal));
        Assert.Empty(plan.Preview.Steps);
    }

    [Fact]
    public async Task An_open_commit_is_named_and_its_branch_ends_at_the_last_finished_commit()
    {
        await using var migration = await StartSmallAsync();
        using var source = new ClusterBuilder(migration.Source.Address);
        var finished = (await MigrationHarness.TakeInventoryAsync(migration.Source)).FindRepo("images")!.FindBranch("master")!.Head;
        var open = await source.StartCommitAsync("images", "master");

        await using (var plan = await migration.PlanAsync(objects: true))
        {
            Assert.Contains(plan.Preview.Changes, change => change.Kind == ChangeKind.LeftOut && change.Item.Name == $"images@{open}");
        }

        var result = await migration.MigrateAsync(objects: true);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        var images = (await MigrationHarness.TakeInventoryAsync(migration.Target)).FindRepo("images")!;
        Assert.Equal(finished, images.FindBranch("master")!.Head);
        Assert.DoesNotContain(images.Commits, commit => commit.Id == open);
    }

    [Fact]
    public async Task A_source_that_changes_during_the_extract_is_extracted_again()
    {
        await using var migration = await StartSmallAsync();
        using var source = new ClusterBuilder(migration.Source.Address);
        var changed = false;
        var watch = new WatchedRun
        {
            OnProgress = (step, progress) =>
            {
                if (step == "extract" && progress.Text == "extracting" && !changed)
                {
                    changed = true;
                    source.CommitFileAsync("images", "master", "/late.png", "late").GetAwaiter().GetResult();
                }
            },
        };

        var result = await migration.MigrateAsync(objects: true, watch);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Contains(watch.Progress, text => text.Contains("attempt 2 of 3", StringComparison.Ordinal));
        Assert.Equal(2, (await MigrationHarness.TakeInventoryAsync(migration.Target)).FindRepo("images")!.Commits.Length);
    }

    [Fact]
    public async Task A_source_that_always_changes_stops_the_run_and_the_changes_are_named()
    {
        await using var migration = await StartSmallAsync();
        using var source = new ClusterBuilder(migration.Source.Address);
        var (number, last) = (0, "");
        var watch = new WatchedRun
        {
            OnProgress = (step, progress) =>
            {
                var begins = step == "extract" && progress.Text == "listing objects" && last != progress.Text;
                last = progress.Text;
                if (begins)
                {
                    source.CreateRepoAsync($"late-{++number}").GetAwaiter().GetResult();
                }
            },
        };

        var result = await migration.MigrateAsync(objects: true, watch);

        Assert.Equal(RunOutcome.Failed, result.Outcome);
        Assert.Equal(3, number);
        Assert.Contains("repo late-3 appeared", result.Failure!.Message, StringComparison.Ordinal);
        Assert.Empty((await MigrationHarness.TakeInventoryAsync(migration.Target)).Repos);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_target_that_is_not_empty()
    {
        await using var migration = await StartSmallAsync();
        using var target = new ClusterBuilder(migration.Target.Address);
        await target.CreateRepoAsync("mine");
        var writes = migration.Target.WriteCalls;

        await using var plan = await migration.PlanAsync(objects: true);

        Assert.Contains(MigrationHarness.RefusalsOf(plan), refusal => refusal.Check == "target-empty");
        Assert.Equal(writes, migration.Target.WriteCalls);
    }

    [Fact]
    public async Task A_target_that_is_filled_during_the_plan_is_refused_before_anything_is_sent()
    {
        await using var migration = await StartSmallAsync();
        using var target = new ClusterBuilder(migration.Target.Address);
        var watch = new WatchedRun { OnStarted = step => When(step == "restore", () => target.CreateRepoAsync("mine")) };

        var result = await migration.MigrateAsync(objects: true, watch);

        Assert.Equal(RunOutcome.Refused, result.Outcome);
        Assert.Contains("not empty", result.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(["mine"], (await MigrationHarness.TakeInventoryAsync(migration.Target)).Repos.Select(repo => repo.Name));
    }

    [Fact]
    public async Task A_cluster_is_not_migrated_into_itself()
    {
        await using var migration = await StartSmallAsync();
        var alias = migration.Source.Address.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        await using var plan = await migration.PlanAsync(objects: true, migration.OverridesFor(objects: true) with { Target = alias });

        Assert.Contains(MigrationHarness.RefusalsOf(plan), refusal => refusal.Check == "same-cluster");
    }

    [Fact]
    public async Task Sending_only_metadata_is_refused_if_the_target_has_another_bucket()
    {
        await using var migration = await StartSmallAsync();

        await using var plan = await migration.PlanAsync(objects: false);

        Assert.Contains(MigrationHarness.RefusalsOf(plan), refusal => refusal.Check == "shared-bucket");
    }

    [Fact]
    public async Task A_preview_writes_nothing()
    {
        await using var migration = await StartSmallAsync();
        var writes = (migration.Source.WriteCalls, migration.Target.WriteCalls);

        await using var plan = await migration.PlanAsync(objects: true);

        Assert.False(plan.Preview.IsRefused);
        Assert.Equal(writes, (migration.Source.WriteCalls, migration.Target.WriteCalls));
        Assert.Empty(migration.State.ListRuns());
    }

    [Theory]
    [InlineData("check")]
    [InlineData("save-deployment")]
    [InlineData("pause")]
    [InlineData("fence")]
    [InlineData("extract")]
    [InlineData("undeploy")]
    [InlineData("deploy")]
    [InlineData("restore")]
    [InlineData("verify")]
    [InlineData("resume")]
    [InlineData("unfence")]
    public async Task A_run_interrupted_at_a_step_is_resumed_at_that_step(string interruptedStep)
    {
        await using var migration = await StartSmallAsync();
        using var interruption = new CancellationTokenSource();
        var watch = new WatchedRun { OnStarted = step => When(step == interruptedStep, interruption.CancelAsync) };

        var interrupted = await migration.MigrateAsync(objects: true, watch, interruption.Token);
        var resumed = await migration.ResumeAsync(interrupted.Run);

        Assert.Equal(RunOutcome.Done, resumed.Outcome);
        Assert.All(resumed.Verification!.Counts, count => Assert.Equal(count.Expected, count.Kept));
    }

    [Fact]
    public async Task A_run_that_is_done_is_not_resumed()
    {
        await using var migration = await StartSmallAsync();
        var done = await migration.MigrateAsync(objects: true);

        await Assert.ThrowsAsync<RunNotResumableException>(() => migration.ResumeAsync(done.Run));
    }

    [Fact]
    public async Task A_rollback_starts_exactly_the_pipelines_that_the_run_stopped()
    {
        await using var migration = await StartSmallAsync();
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreatePipelineAsync("halted", "images");
        await source.StopPipelineAsync("halted");
        using var interruption = new CancellationTokenSource();
        var watch = new WatchedRun { OnStarted = step => When(step == "extract", interruption.CancelAsync) };
        var interrupted = await migration.MigrateAsync(objects: true, watch, interruption.Token);

        var rollback = await migration.RollBackAsync(interrupted.Run);

        Assert.True(rollback.IsComplete);
        var inventory = await MigrationHarness.TakeInventoryAsync(migration.Source);
        Assert.False(inventory.FindPipeline("edges")!.Stopped);
        Assert.True(inventory.FindPipeline("halted")!.Stopped);
        await Assert.ThrowsAsync<RunNotResumableException>(() => migration.ResumeAsync(interrupted.Run));
    }

    [Fact]
    public async Task A_changed_archive_is_not_sent()
    {
        await using var migration = await StartSmallAsync();
        var watch = new WatchedRun { OnStarted = step => When(step == "restore", () => FlipByteAsync(Directory.EnumerateFiles(migration.State.Path, "source.pachx", SearchOption.AllDirectories).Single())) };

        var result = await migration.MigrateAsync(objects: true, watch);

        Assert.Equal(RunOutcome.Failed, result.Outcome);
        Assert.Contains("Nothing was sent", result.Failure!.Remedy, StringComparison.Ordinal);
        Assert.Empty((await MigrationHarness.TakeInventoryAsync(migration.Target)).Repos);
    }

    private static async Task<MigrationHarness> StartSmallAsync()
    {
        var migration = await MigrationHarness.StartAsync("1.8.7", "1.9.0", sharedBucket: false);
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreateRepoAsync("images", "raw images");
        await source.CommitFileAsync("images", "master", "/1.png", "one");
        await source.CreatePipelineAsync("edges", "images");
        return migration;
    }

    private static void When(bool condition, Func<Task> act)
    {
        if (condition)
        {
            act().GetAwaiter().GetResult();
        }
    }

    private static async Task FlipByteAsync(string path)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
    }
}
