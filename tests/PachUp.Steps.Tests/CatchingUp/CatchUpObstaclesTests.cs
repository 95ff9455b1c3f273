using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Sdk.Testing;

namespace PachUp.Steps.Tests.CatchingUp;

/// <summary>What a catch-up cannot carry is refused by name before anything is sent.</summary>
public class CatchUpObstaclesTests
{
    [Fact]
    public async Task A_branch_that_clients_of_the_target_wrote_to_is_refused()
    {
        await using var bench = await CatchUpBench.StartAsync();
        await bench.WriteToTargetAsync(target => target.CommitFileAsync("images", "master", "/theirs.png", "theirs"));
        await bench.WriteAsync(source => source.CommitFileAsync("images", "master", "/3.png", "three"));

        var refusal = await RefusedAsync(bench);

        Assert.Contains("changed branch images@master (somebody wrote to this branch of the target: its head there is ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repo_of_the_same_name_is_refused()
    {
        await using var bench = await CatchUpBench.StartAsync();
        static async Task CreateAsync(ClusterBuilder cluster)
        {
            await cluster.CreateRepoAsync("labels");
            await cluster.CommitFileAsync("labels", "master", "/1.txt", "one");
        }

        await bench.WriteToTargetAsync(CreateAsync);
        await bench.WriteAsync(CreateAsync);

        Assert.Contains("new repo labels (the target has another repo of this name", (await RefusedAsync(bench)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_commit_is_refused_until_it_is_finished()
    {
        await using var bench = await CatchUpBench.StartAsync();
        var open = "";
        await bench.WriteAsync(async source => open = await source.StartCommitAsync("images", "master"));

        Assert.Contains($"new commit images@{open} (it is open, and no pachd can restore an open commit. Finish or delete it on the source)", (await RefusedAsync(bench)).Message, StringComparison.Ordinal);

        await bench.WriteAsync(source => source.FinishCommitAsync("images", open));
        await bench.CatchUpAsync();
        Assert.Equal(open, (await bench.TargetAsync()).FindRepo("images")!.FindBranch("master")!.Head);
    }

    [Fact]
    public async Task What_was_deleted_is_refused_until_it_is_deleted_on_the_target_too()
    {
        await using var bench = await CatchUpBench.StartAsync(StepBench.World.WithRepo("labels").WithCommit("labels", "master", "/1.txt", "one").WithBranch("images", "dev", "master"));
        static async Task DeleteAsync(ClusterBuilder cluster)
        {
            await cluster.Pfs.DeleteRepoAsync(new DeleteRepoRequest { Repo = new Repo { Name = "labels" } });
            await cluster.Pfs.DeleteBranchAsync(new DeleteBranchRequest { Branch = new Branch { Repo = new Repo { Name = "images" }, Name = "dev" } });
            await cluster.Pps.DeletePipelineAsync(new DeletePipelineRequest { Pipeline = new Pipeline { Name = "halted" } });
        }

        await bench.WriteAsync(DeleteAsync);

        var refusal = await RefusedAsync(bench);
        Assert.Contains("deleted repo labels (it was deleted", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("deleted branch images@dev (it was deleted", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("deleted pipeline halted (it was deleted", refusal.Message, StringComparison.Ordinal);

        await bench.WriteToTargetAsync(DeleteAsync);
        await bench.CatchUpAsync();
        Assert.False(bench.Late.IsFound);
        Assert.False((await bench.VerifyAsync()).FoundLoss);
    }

    [Fact]
    public async Task An_updated_pipeline_is_refused_until_it_is_updated_on_the_target_too()
    {
        await using var bench = await CatchUpBench.StartAsync();
        static Task UpdateAsync(ClusterBuilder cluster) => cluster.CreatePipelineAsync("edges", "images", more: spec => (spec.Update, spec.Transform.Image) = (true, "ubuntu:18.04"));
        await bench.WriteAsync(UpdateAsync);

        Assert.Contains("changed pipeline edges (PachUp does not update pipelines of the target. Undo it on the source, or do the same on the target)", (await RefusedAsync(bench)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_that_a_user_put_into_the_output_of_a_pipeline_is_refused()
    {
        await using var bench = await CatchUpBench.StartAsync();
        var mine = "";
        await bench.WriteAsync(async source => mine = await source.CommitFileAsync("halted", "mine", "/1.txt", "one"));

        Assert.Contains($"new commit halted@{mine} (a user put it into the output of pipeline \"halted\", which cannot compute it", (await RefusedAsync(bench)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_checks_of_the_pair_refuse_is_refused()
    {
        await using var bench = await CatchUpBench.StartAsync();
        await bench.WriteAsync(async source =>
        {
            await source.CreateBranchAsync("images", "feat.x", "master");
            await source.CreateBranchAsync("images", "feat/x", "master");
        });

        var refusal = await RefusedAsync(bench);

        Assert.StartsWith("the checks of the plan refuse what was written late: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_was_emptied_is_refused()
    {
        await using var bench = await CatchUpBench.StartAsync();
        await bench.WriteToTargetAsync(async target => await target.Pps.DeleteAllAsync(new Google.Protobuf.WellKnownTypes.Empty()));
        await bench.WriteToTargetAsync(async target => await target.Pfs.DeleteAllAsync(new Google.Protobuf.WellKnownTypes.Empty()));
        await bench.WriteAsync(source => source.CreateRepoAsync("late"));

        Assert.Contains("lacks 3 repos that arrived before", (await RefusedAsync(bench)).Message, StringComparison.Ordinal);
    }

    /// <summary>Catches up, expects a refusal, and that the target did not change.</summary>
    private static async Task<StepFailedException> RefusedAsync(CatchUpBench bench)
    {
        var before = await bench.TargetAsync();

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => bench.CatchUpAsync());

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.StartsWith("Nothing was sent.", refusal.Remedy.Replace("Find out who deleted them. ", "Nothing was sent. ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(InventoryDifference.Between(before, await bench.TargetAsync()).IsEmpty);
        Assert.True(bench.Late.IsFound);
        return refusal;
    }
}
