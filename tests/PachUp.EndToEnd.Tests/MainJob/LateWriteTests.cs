using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;

namespace PachUp.EndToEnd.Tests.MainJob;

/// <summary>What is written to the source or the target between the extract and the end of a migration is never lost or left unsaid.</summary>
public sealed class LateWriteTests
{
    [Theory]
    [InlineData("restore", "verify")]
    [InlineData("verify", "resume")]
    [InlineData("resume", null)]
    public async Task A_commit_that_is_put_into_the_source_late_stops_the_run_and_is_named(string during, string? stoppedBefore)
    {
        await using var migration = await StartAsync();

        var result = await migration.MigrateAsync(objects: true, new WatchedRun { OnStarted = step => WriteDuring(during, step, migration.Source) });

        Assert.Equal(RunOutcome.LateWrites, result.Outcome);
        Assert.Equal(stoppedBefore, result.Steps.FirstOrDefault(step => step.State != StepState.Done)?.Id);
        Assert.Equal(["images", "images"], result.LateWrites!.Writes.Select(write => write.Item.Name.Split('@')[0]));
        Assert.Equal("1 branch, 1 commit", result.LateWrites.Counts);
    }

    [Fact]
    public async Task A_commit_that_is_put_into_the_source_before_it_is_taken_away_arrives()
    {
        await using var migration = await StartAsync();

        var result = await migration.MigrateAsync(objects: true, new WatchedRun { OnStarted = step => WriteDuring("undeploy", step, migration.Source) });

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Empty(result.LateWrites!.Writes);
        Assert.Equal(2, (await MigrationHarness.TakeInventoryAsync(migration.Target)).Repos.Single(repo => repo.Name == "images").Commits.Length);
    }

    [Fact]
    public async Task A_pipeline_that_is_created_late_is_named_with_its_repo()
    {
        await using var migration = await StartAsync();

        var result = await migration.MigrateAsync(objects: true, new WatchedRun
        {
            OnStarted = step => ChangeDuring("verify", step, migration.Source, source => source.CreatePipelineAsync("blur", "images")),
        });

        Assert.Equal(["new pipeline blur", "new repo blur"], result.LateWrites!.Writes.Select(write => write.Text).Order(StringComparer.Ordinal));
        Assert.NotEmpty(result.LateWrites.ComputedAgain);
    }

    [Fact]
    public async Task What_somebody_else_puts_into_the_target_is_named_at_the_end()
    {
        await using var migration = await StartAsync();

        var result = await migration.MigrateAsync(objects: true, new WatchedRun
        {
            OnStarted = step => ChangeDuring("verify", step, migration.Target, target => target.CreateRepoAsync("strangers")),
        });

        Assert.Equal(RunOutcome.Done, result.Outcome);
        Assert.Equal("strangers", Assert.Single(result.Foreign).Name);
    }

    private static async Task<MigrationHarness> StartAsync()
    {
        var migration = await MigrationHarness.StartAsync("1.8.7", "1.9.0", sharedBucket: false);
        using var source = new ClusterBuilder(migration.Source.Address);
        await source.CreateRepoAsync("images");
        await source.CommitFileAsync("images", "master", "/1.png", "one");
        await source.CreatePipelineAsync("edges", "images");
        return migration;
    }

    private static void WriteDuring(string chosen, string step, SandboxCluster source) =>
        ChangeDuring(chosen, step, source, builder => builder.CommitFileAsync("images", "master", "/2.png", "two"));

    private static void ChangeDuring(string chosen, string step, SandboxCluster cluster, Func<ClusterBuilder, Task> change)
    {
        if (step == chosen)
        {
            using var builder = new ClusterBuilder(cluster.Address);
            change(builder).GetAwaiter().GetResult();
        }
    }
}
