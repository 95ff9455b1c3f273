using Microsoft.Extensions.Time.Testing;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Testing;
using static PachUp.Testing.Inventories;

namespace PachUp.Steps.Tests.Checks;

public class InventoryCheckTests
{
    private static readonly ClusterInventory Plain = Of(
            Repo("edges"),
            Repo("images", Commit("a1", size: 100), Commit("a2", "a1", 150)).With(Branch("master", "a2")))
        .Running(Pipeline("edges"));

    /// <summary>The checks that need the inventory alone.</summary>
    public static TheoryData<string> Checks => [.. All.Keys];

    private static Dictionary<string, ICheck> All { get; } = new ICheck[]
    {
        new PipelinesRunningCheck(),
        new StoppedOutputsCheck(),
        new CronInputsCheck(new FakeTimeProvider(Noon), (_, _, _) => Task.FromResult<DateTimeOffset?>(Noon.AddDays(-3))),
        new GitInputsCheck(),
        new SpoutsCheck(),
        new ServicesCheck(),
        new TransactionLimitCheck(),
        new MetadataConsistentCheck(),
        new ClockCheck(new FakeTimeProvider(Noon), ReleaseCatalogue.BuiltIn),
    }.ToDictionary(check => check.Name);

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task A_plain_cluster_passes(string check) => Assert.Equal(CheckOutcome.Passed, (await AskAsync(check, Plain)).Outcome);

    [Fact]
    public async Task Pipelines_that_do_not_work_are_named_with_their_reason()
    {
        var failed = Pipeline("edges");
        (failed.State, failed.Reason) = (PipelineState.PipelineFailure, "image not found");
        var stopped = Pipeline("halted");
        (stopped.State, stopped.Stopped) = (PipelineState.PipelineFailure, true);

        var result = await AskAsync("pipelines-running", Plain.Running(failed, stopped));

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal(["pipeline edges has failed: image not found"], result.Items.AsEnumerable());
    }

    [Fact]
    public async Task Where_no_pipeline_runs_a_run_that_was_killed_may_have_stopped_them()
    {
        var stopped = Pipeline("halted");
        stopped.Stopped = true;

        var result = await AskAsync("pipelines-running", Of(Repo("images")).Running(stopped));

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal("no pipeline runs on the source: 1 pipeline is stopped, and will stay stopped after the migration", result.Found);
        Assert.Contains("roll it back first", result.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_of_stopped_pipelines_that_does_not_arrive_is_counted()
    {
        var stopped = Pipeline("edges");
        stopped.Stopped = true;
        var source = Of(Repo("edges", Commit("e1"), Commit("e2")), Repo("images")).Running(stopped);
        var context = AskedContext.Of(source);
        var recomputed = context with { Survey = context.Survey with { ExpectedTarget = new ExpectedTarget { Inventory = source with { Repos = [Repo("edges"), Repo("images")] } } } };

        var result = await All["stopped-outputs"].AskAsync(recomputed, CancellationToken.None);

        Assert.Equal(["pipeline edges: 2 finished commits"], result.Items.AsEnumerable());
        Assert.Equal(CheckOutcome.Passed, (await All["stopped-outputs"].AskAsync(context, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task What_starts_pipelines_from_outside_is_named()
    {
        var cron = Pipeline("ticker", new Input { Cron = new CronInput { Name = "tick", Spec = "@daily" } });
        var git = Pipeline("builder", new Input { Cross = { Pfs("images"), new Input { Git = new GitInput { Url = "https://git.example/code.git" } } } });
        var spout = Pipeline("listener");
        spout.Spout = new Spout();
        var service = Pipeline("web");
        service.Service = new Service { InternalPort = 8888, ExternalPort = 30888 };
        var source = Plain.Running(cron, git, spout, service);

        Assert.Equal(["pipeline ticker: ticks \"@daily\" into repo ticker_tick, newest tick 2019-09-28T12:00:00Z, 3 ticks due since then but not made"], (await AskAsync("cron-inputs", source)).Items.AsEnumerable());
        Assert.Equal(["pipeline builder: reads https://git.example/code.git"], (await AskAsync("git-inputs", source)).Items.AsEnumerable());
        Assert.Equal(["pipeline listener: writes to branch master"], (await AskAsync("spouts", source)).Items.AsEnumerable());
        Assert.Equal(["pipeline web: port 8888 inside, node port 30888 outside"], (await AskAsync("services", source)).Items.AsEnumerable());
    }

    [Fact]
    public async Task Heads_and_parents_that_are_gone_are_refused()
    {
        var source = Of(Repo("images", Commit("a2", "a1")).With(Branch("master", "a3")));

        var result = await AskAsync("metadata-consistent", source);

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal(["branch images@master: its head a3 does not exist", "commit images@a2: its parent a1 does not exist"], result.Items.AsEnumerable());
    }

    [Fact]
    public async Task Provenance_that_cannot_be_right_is_a_warning()
    {
        var source = Of(
            Repo("edges", Commit("e1").FromId("images", "a1", "master").FromId("images", "a2", "master")).With(Branch("master", "e1", new BranchName("gone", "master"))),
            Repo("images"));

        var result = await AskAsync("metadata-consistent", source);

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal(
            ["commit edges@e1: computed from two commits of one branch", "branch edges@master: computed from gone@master, which does not exist"],
            result.Items.AsEnumerable());
    }

    [Theory]
    [InlineData("2019-10-01T11:50:00Z", "the source has a commit from 2019-10-01 12:00 UTC, but this machine's clock says 2019-10-01 11:50 UTC")]
    [InlineData("2019-01-01T00:00:00Z", "the source has a commit from 2019-10-01 12:00 UTC, but this machine's clock says 2019-01-01 00:00 UTC")]
    public async Task A_commit_from_the_future_says_that_a_clock_is_wrong(string now, string found)
    {
        var check = new ClockCheck(new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)), ReleaseCatalogue.BuiltIn);

        var result = await check.AskAsync(AskedContext.Of(Plain), CancellationToken.None);

        Assert.Equal((CheckOutcome.Warning, found), (result.Outcome, result.Found));
    }

    [Fact]
    public async Task A_time_before_the_release_was_made_is_wrong()
    {
        var check = new ClockCheck(new FakeTimeProvider(new DateTimeOffset(2009, 1, 1, 0, 0, 0, TimeSpan.Zero)), ReleaseCatalogue.BuiltIn);

        var result = await check.AskAsync(AskedContext.Of(Of()), CancellationToken.None);

        Assert.Contains("but 1.8.8 was released on", result.Found, StringComparison.Ordinal);
    }

    private static Task<CheckResult> AskAsync(string check, ClusterInventory source) => All[check].AskAsync(AskedContext.Of(source), CancellationToken.None);
}
