using PachUp.Engine.Plans;
using PachUp.Engine.Runs;
using PachUp.Sdk.Testing;

namespace PachUp.EndToEnd.Tests.MainJob;

/// <summary>Output that a backup of 1.9.6 or later carries: it is the head again, whether its pipeline starts or stays stopped.</summary>
public sealed class RestoredOutputTests
{
    [Fact]
    public async Task Output_of_a_stopped_pipeline_is_the_head_again_and_no_commit_stays_open()
    {
        await using var clusters = await MigrationHarness.StartAsync("1.9.12", "1.9.12", sharedBucket: false);
        using (var source = new ClusterBuilder(clusters.Source.Address))
        {
            await source.CreateRepoAsync("images");
            await source.CommitFileAsync("images", "master", "/1.png", "one");
            await source.CreatePipelineAsync("edges", "images");
            await source.FinishCommitAsync("edges", (await MigrationHarness.TakeInventoryAsync(clusters.Source)).FindRepo("edges")!.FindBranch("master")!.Head!);
            await source.StopPipelineAsync("edges");
        }

        var before = (await MigrationHarness.TakeInventoryAsync(clusters.Source)).FindRepo("edges")!;
        var archive = clusters.PathOf("backup.pachx");
        await clusters.ApplyAsync("backup.yaml", new PlanOverrides { Source = clusters.Source.Address.ToString(), Set = [$"archive={archive}"] });

        var restored = await clusters.ApplyAsync("restore-backup.yaml", new PlanOverrides { Target = clusters.Target.Address.ToString(), To = "1.9.12", Set = [$"backup={archive}"] });

        Assert.Equal(RunOutcome.Done, restored.Outcome);
        var after = (await MigrationHarness.TakeInventoryAsync(clusters.Target)).FindRepo("edges")!;
        Assert.Equal(before.FindBranch("master")!.Head, after.FindBranch("master")!.Head);
        Assert.All(after.Commits, commit => Assert.NotNull(commit.Finished));
    }
}
