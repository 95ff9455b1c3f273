using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;
using PachUp.Verification.Records;

namespace PachUp.EndToEnd.Tests.MainJob;

/// <summary>Cron pipelines: every tick arrives, no tick comes before the resume step, and new ticks come afterwards.</summary>
public sealed class CronMigrationTests
{
    private const string Repo = "ticks_tick";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(45);
    private static readonly DateTimeOffset Start = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1.8.7", "1.9.0")]
    [InlineData("1.8.8", "1.9.12")]
    public async Task All_ticks_arrive_and_one_tick_replaces_the_missed_ticks(string from, string to)
    {
        var clock = new FakeTimeProvider(Start);
        await using var migration = await MigrationHarness.StartAsync(from, to, sharedBucket: false, clock);
        await FillAsync(migration, clock, stopped: false);
        var before = (await MigrationHarness.TakeInventoryAsync(migration.Source)).FindRepo(Repo)!;

        var result = await migration.MigrateAsync(objects: true);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        var after = (await MigrationHarness.TakeInventoryAsync(migration.Target)).FindRepo(Repo)!;
        Assert.All(before.Commits, tick => Assert.Equal(tick.Parent, after.FindCommit(tick.Id)!.Parent));
        var added = Assert.Single(after.Commits.ExceptBy(before.Commits.Select(tick => tick.Id), tick => tick.Id));
        Assert.Equal(before.FindBranch("master")!.Head, added.Parent);
        Assert.Equal(added.Id, after.FindBranch("master")!.Head);
        var newest = (await FilesOfAsync(migration, added.Id))[^1];
        Assert.True(DateTimeOffset.Parse(newest.TrimStart('/'), CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow.AddMinutes(-10));
    }

    [Fact]
    public async Task Missed_ticks_are_created_if_the_plan_says_so()
    {
        var clock = new FakeTimeProvider(Start);
        var later = new FakeTimeProvider(Start + (4 * Interval));
        await using var migration = await MigrationHarness.StartAsync("1.8.7", "1.9.0", sharedBucket: false, clock, later);
        await FillAsync(migration, clock, stopped: false);
        var before = (await MigrationHarness.TakeInventoryAsync(migration.Source)).FindRepo(Repo)!;
        var overrides = migration.OverridesFor(objects: true);

        await using var plan = await migration.PlanAsync(objects: true, overrides with { Set = [.. overrides.Set, "missedTicks=make-up"] });
        var result = await new Runner(migration.State, TimeProvider.System).ApplyAsync(plan, new WatchedRun(), CancellationToken.None);

        // The server continues from the newest tick. By the clock of the target, two more ticks are due.
        Assert.Equal(RunOutcome.Done, result.Outcome);
        await WaitForTicksAsync(migration.Target, 4);
        var after = await MigrationHarness.TakeInventoryAsync(migration.Target);
        Assert.Equal(before.Commits.Select(tick => tick.Id), after.FindRepo(Repo)!.Commits.Select(tick => tick.Id).Intersect(before.Commits.Select(tick => tick.Id)));
        Assert.Equal(4, after.FindRepo(Repo)!.Commits.Length);
        Assert.Equal(Start, after.FindPipeline("ticks")!.Info.Input.Cron.Start.ToDateTimeOffset());
    }

    [Fact]
    public async Task A_cron_pipeline_is_created_after_everything_else()
    {
        var clock = new FakeTimeProvider(Start);
        await using var migration = await MigrationHarness.StartAsync("1.8.7", "1.9.0", sharedBucket: false, clock);
        await FillAsync(migration, clock, stopped: false);
        await using (var plan = await migration.PlanAsync(objects: true))
        {
            Assert.Contains("pipeline ticks", EffectsOf(plan, "restore"), StringComparer.Ordinal);
            Assert.Contains("pipeline ticks", EffectsOf(plan, "resume"), StringComparer.Ordinal);
            var finding = plan.Preview.Findings.Single(finding => finding.Check == "cron-inputs");
            Assert.Contains("newest tick 2019-01-01T00:01:30Z, at least 100,000 ticks due since then but not made", Assert.Single(finding.Result.Items), StringComparison.Ordinal);
        }

        ClusterInventory? verified = null;
        var result = await migration.MigrateAsync(objects: true, new WatchedRun());
        verified = await InventoryFile.ReadAsync(result.Run.File(RecordFiles.Target));

        Assert.Null(verified.FindPipeline("ticks"));
        Assert.Equal(2, verified.FindRepo(Repo)!.Commits.Length);
        Assert.Contains(result.Verification!.NotCompared, sentence => sentence.StartsWith("1 pipeline with a cron input", StringComparison.Ordinal));
        Assert.False((await MigrationHarness.TakeInventoryAsync(migration.Target)).FindPipeline("ticks")!.Stopped);
    }

    [Fact]
    public async Task A_stopped_cron_pipeline_stays_stopped_and_the_verification_expects_the_announced_start()
    {
        var clock = new FakeTimeProvider(Start);
        await using var migration = await MigrationHarness.StartAsync("1.8.7", "1.9.0", sharedBucket: false, clock);
        await FillAsync(migration, clock, stopped: true);

        var result = await migration.MigrateAsync(objects: true);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        var target = await MigrationHarness.TakeInventoryAsync(migration.Target);
        Assert.True(target.FindPipeline("ticks")!.Stopped);
        Assert.Equal(2200, target.FindPipeline("ticks")!.Info.Input.Cron.Start.ToDateTime().Year);
        Assert.Equal(2, target.FindRepo(Repo)!.Commits.Length);
        Assert.Empty(target.FindRepo("ticks")!.Commits);
    }

    [Fact]
    public async Task Ticks_that_the_source_makes_up_although_its_pipeline_is_stopped_are_waited_for()
    {
        var began = DateTimeOffset.UtcNow.AddHours(-40.5);
        var clock = new FakeTimeProvider(began);
        await using var migration = await MigrationHarness.StartAsync("1.7.14", "1.8.8", sharedBucket: false, clock);
        using (var source = new ClusterBuilder(migration.Source.Address))
        {
            await source.Pps.CreatePipelineAsync(Ticker("@every 1h", began));
        }

        var watch = new WatchedRun
        {
            OnProgress = (step, progress) =>
            {
                if (step == "pause" && progress.Text.StartsWith("pachd makes up missed ticks of pipeline ticks", StringComparison.Ordinal) && clock.GetUtcNow() < began.AddHours(40))
                {
                    clock.Advance(TimeSpan.FromHours(20));
                }
            },
        };
        var result = await migration.MigrateAsync(objects: true, watch);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Contains("pause: pachd makes up missed ticks of pipeline ticks (\"@every 1h\"): 40 ticks to go", watch.Progress);
        var ticks = (await MigrationHarness.TakeInventoryAsync(migration.Source)).FindRepo(Repo)!.Commits;
        Assert.Equal(40, ticks.Length);
        var arrived = (await MigrationHarness.TakeInventoryAsync(migration.Target)).FindRepo(Repo)!;
        Assert.All(ticks, tick => Assert.NotNull(arrived.FindCommit(tick.Id)));
    }

    [Fact]
    public async Task An_extract_begins_right_after_a_tick_that_is_near()
    {
        await using var migration = await MigrationHarness.StartAsync("1.7.14", "1.8.8", sharedBucket: false);
        using (var source = new ClusterBuilder(migration.Source.Address))
        {
            await source.Pps.CreatePipelineAsync(Ticker("@every 1h", DateTimeOffset.UtcNow.AddHours(-1).AddSeconds(12)));
        }

        var watch = new WatchedRun();
        var result = await migration.MigrateAsync(objects: true, watch);

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Contains(watch.Progress, text => text.Contains("waiting for the tick of pipeline ticks", StringComparison.Ordinal));
        Assert.Single((await InventoryFile.ReadAsync(result.Run.File(RecordFiles.ExtractedSource))).FindRepo(Repo)!.Commits);
    }

    private static CreatePipelineRequest Ticker(string spec, DateTimeOffset start) => new()
    {
        Pipeline = new Pipeline { Name = "ticks" },
        Transform = new Transform { Image = "busybox", Cmd = { "sh" } },
        Input = new Input { Cron = new CronInput { Name = "tick", Spec = spec, Start = Timestamp.FromDateTimeOffset(start) } },
    };

    private static IEnumerable<string> EffectsOf(PlannedMigration plan, string step) =>
        plan.Preview.Steps.Single(planned => planned.Id == step).Preview.Effects.Select(effect => effect.Thing);

    /// <summary>A pipeline with two old ticks. The clock of the source stands still.</summary>
    private static async Task FillAsync(MigrationHarness migration, FakeTimeProvider clock, bool stopped)
    {
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.Pps.CreatePipelineAsync(Ticker($"@every {Interval.TotalSeconds}s", Start));
        clock.Advance(2 * Interval);
        await WaitForTicksAsync(migration.Source, 2);
        if (stopped)
        {
            await source.StopPipelineAsync("ticks");
        }
    }

    /// <summary>Waits until a cluster has a number of ticks.</summary>
    private static async Task WaitForTicksAsync(SandboxCluster cluster, int count)
    {
        using var builder = new ClusterBuilder(cluster.Address);
        using var call = builder.Pfs.SubscribeCommit(new SubscribeCommitRequest { Repo = new Repo { Name = Repo }, Branch = "master", State = CommitState.Finished });
        Assert.Equal(count, await call.ResponseStream.ReadAllAsync().Take(count).CountAsync());
    }

    private static async Task<List<string>> FilesOfAsync(MigrationHarness migration, string commit)
    {
        await using var client = PachdClient.Create(migration.Target.Address);
        return await client.ListFilesAsync(Repo, commit, "/").Select(file => file.File.Path).ToListAsync();
    }
}
