using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Testing;
using Version = PachUp.Pachyderm.Wire.Version.Version;

namespace PachUp.Steps.Tests.Checks;

/// <summary>The checks that ask a server.</summary>
public class ServerCheckTests
{
    [Fact]
    public async Task Objects_that_can_be_listed_on_both_clusters_pass()
    {
        await using var bench = await StepBench.StartAsync();

        Assert.Equal(CheckOutcome.Passed, (await AskAsync(new ObjectAccessCheck(), bench.Execution)).Outcome);
    }

    [Fact]
    public async Task Objects_that_cannot_be_listed_are_a_warning_with_the_options_that_help()
    {
        await using var bench = await StepBench.StartAsync(exposesObjects: false);

        var result = await AskAsync(new ObjectAccessCheck(), bench.Execution);

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.StartsWith("objects and tags of the source and the target cannot be listed", result.Found, StringComparison.Ordinal);
        Assert.EndsWith("with --source-peer HOST:PORT and --target-peer HOST:PORT.", result.Remedy, StringComparison.Ordinal);
        Assert.Equal(2, result.Items.Length);
    }

    [Theory]
    [InlineData(true, CheckOutcome.Passed)]
    [InlineData(false, CheckOutcome.Refused)]
    public async Task Metadata_alone_needs_a_target_that_finds_the_objects(bool sharesBucket, CheckOutcome outcome)
    {
        await using var bench = await StepBench.StartAsync(sharesBucket: sharesBucket);

        var result = await AskAsync(new SharedBucketCheck(), bench.Execution);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(outcome == CheckOutcome.Refused ? 2 : 0, result.Items.Length);
    }

    [Fact]
    public async Task Objects_that_travel_along_need_no_shared_bucket() =>
        Assert.Equal(CheckOutcome.Passed, (await AskAsync(new SharedBucketCheck(), StandInExecution.Of(Clusters.Of()) with { CarriesObjects = true })).Outcome);

    [Fact]
    public async Task A_target_whose_objects_cannot_be_asked_for_passes_until_the_first_commit_arrives()
    {
        await using var bench = await StepBench.StartAsync(sharesBucket: false, exposesObjects: false);

        Assert.Contains("the first restored commit", (await AskAsync(new SharedBucketCheck(), bench.Execution)).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_source_that_finds_its_own_trees_passes(bool exposesObjects)
    {
        await using var bench = await StepBench.StartAsync(exposesObjects: exposesObjects);

        Assert.Equal(CheckOutcome.Passed, (await AskAsync(new SourceReadableCheck(), bench.Execution)).Outcome);
    }

    [Fact]
    public async Task Commits_whose_trees_are_gone_are_refused_by_name()
    {
        await using var bench = await StepBench.StartAsync();
        var lost = Clusters.Of(Clusters.Repo("images", Clusters.Commit("a")));

        var result = await AskAsync(new SourceReadableCheck(), bench.Execution with { Survey = new Survey { Source = lost, ExpectedTarget = new ExpectedTarget { Inventory = lost } } });

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal([$"images@{Clusters.Id("a")}"], result.Items.AsEnumerable());
    }

    [Fact]
    public async Task Jobs_that_have_not_ended_are_a_warning_with_their_progress()
    {
        var running = new JobInfo { Job = new Job { Id = "4f" }, Pipeline = new Pipeline { Name = "edges" }, State = JobState.JobRunning, DataProcessed = 3, DataTotal = 9 };

        var result = await AskAboutJobsAsync(running);

        Assert.Equal((CheckOutcome.Warning, "1 job on the source has not ended"), (result.Outcome, result.Found));
        Assert.Equal(["job 4f of pipeline edges: 3 of 9 datums"], result.Items.AsEnumerable());
    }

    [Fact]
    public async Task Jobs_that_have_all_ended_pass() => Assert.Equal("All jobs have ended", (await AskAboutJobsAsync()).Found);

    [Fact]
    public async Task A_pipeline_that_reads_the_repo_of_its_own_name_is_refused()
    {
        var source = Clusters.Of(Clusters.Repo("loop")).Running(Clusters.Pipeline("loop", Clusters.Pfs("images"), Clusters.Pfs("loop")));

        var result = await AskAsync(new SelfInputCheck(), StandInExecution.Of(source));

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal(["pipeline loop"], result.Items.AsEnumerable());
        Assert.StartsWith("Do not delete the pipeline", result.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipeline_that_reads_other_repos_passes()
    {
        var source = Clusters.Of(Clusters.Repo("edges")).Running(Clusters.Pipeline("edges", Clusters.Pfs("images")));

        Assert.Equal(CheckOutcome.Passed, (await AskAsync(new SelfInputCheck(), StandInExecution.Of(source))).Outcome);
    }

    private static async Task<CheckResult> AskAboutJobsAsync(params JobInfo[] jobs)
    {
        await using var server = await FakePachd.StartAsync((method, _) => method switch
        {
            "/versionpb.API/GetVersion" => Reply.Of(new Version { Major = 1, Minor = 8, Micro = 8 }),
            "/pps.API/ListPipeline" => Reply.Of(new PipelineInfos { PipelineInfo = { Clusters.Pipeline("edges", Clusters.Pfs("images")) } }),
            "/pps.API/ListJobStream" => Reply.Of(jobs),
            _ => Reply.Error(12, $"unknown method {method}"),
        });
        await using var source = new StandInCluster("source", server.Address);
        return await AskAsync(new UnfinishedJobsCheck(), StandInExecution.Of(Clusters.Of()) with { Source = source });
    }

    private static Task<CheckResult> AskAsync(ICheck check, IStepContext context) => check.AskAsync(context, CancellationToken.None);
}
