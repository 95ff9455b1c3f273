using System.Collections.Immutable;
using PachUp.Common;
using PachUp.Engine.Planning;
using PachUp.Engine.Rehearsals;
using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Engine.Tests.Planning;
using PachUp.Engine.Tests.Runs;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Rehearsals;

public sealed class RehearserTests(PlannerBench bench) : IClassFixture<PlannerBench>, IDisposable
{
    private const string Steps = """
        steps:
          - { id: safe, uses: test/safe }
          - { id: other, uses: test/lasting }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingDisplay _display = new();
    private readonly List<string> _acted = [];
    private int _started;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_plan_that_goes_through_is_done_with_every_step_and_an_estimate()
    {
        var report = await RehearseAsync();

        Assert.Equal((RunOutcome.Done, null), (report.Outcome, report.Failure));
        Assert.Equal(["safe", "other"], report.Steps.Select(step => step.Id));
        Assert.NotNull(report.Estimate);
    }

    [Fact]
    public async Task A_step_that_does_not_declare_itself_safe_is_not_executed_and_is_named()
    {
        var report = await RehearseAsync();

        Assert.Equal(["safe acts"], _acted);
        Assert.Contains(report.NotRehearsed, sentence => sentence.StartsWith("Step other (test/lasting of the tests)", StringComparison.Ordinal));
        Assert.DoesNotContain(report.NotRehearsed, sentence => sentence.StartsWith("Step safe ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_release_that_is_refused_needs_no_clusters()
    {
        var report = await RehearseAsync(release: new Release(1, 8, 0));

        Assert.Equal((RunOutcome.Refused, 0), (report.Outcome, _started));
        Assert.Contains(report.Findings, finding => finding.Result.Outcome == CheckOutcome.Refused);
        Assert.Empty(report.Steps);
    }

    [Fact]
    public async Task A_check_that_refuses_ends_the_rehearsal_before_the_run()
    {
        var report = await RehearseAsync(checks: new ScriptedCheck("bad", CheckOutcome.Refused));

        Assert.Equal((RunOutcome.Refused, 1), (report.Outcome, _started));
        Assert.Empty(report.Steps);
        Assert.Empty(_acted);
    }

    [Fact]
    public async Task A_step_that_fails_is_the_failure_of_the_rehearsal_and_nothing_is_estimated()
    {
        var report = await RehearseAsync(act: _ => throw RunBench.Failure());

        Assert.Equal((RunOutcome.Failed, "the disk is on fire"), (report.Outcome, report.Failure!.Message));
        Assert.Null(report.Estimate);
    }

    [Fact]
    public async Task What_was_found_on_the_real_cluster_counts_and_not_what_a_stand_in_says_of_the_same()
    {
        var real = new Finding("spouts", "", CheckResult.Warning("3 spouts", "Wait."), Accepted: false);

        var report = await RehearseAsync(findings: [real], checks: new ScriptedCheck("spouts"));

        Assert.Equal("3 spouts", Assert.Single(report.Findings).Result.Found);
    }

    [Fact]
    public async Task What_only_the_rehearsal_refuses_is_added_to_what_was_found_on_the_real_cluster()
    {
        var real = new Finding("spouts", "", CheckResult.Passed("none"), Accepted: false);

        var report = await RehearseAsync(findings: [real], checks: new ScriptedCheck("rehearsed", CheckOutcome.Refused));

        Assert.Equal(["spouts", "rehearsed"], report.Findings.Select(finding => finding.Check));
    }

    [Fact]
    public async Task Checks_of_the_target_say_nothing_about_the_real_one_and_are_left_out()
    {
        var report = await RehearseAsync(checks: [new ScriptedCheck("empty") { IsAboutTarget = true }, new ScriptedCheck("other")]);

        Assert.DoesNotContain(report.Findings, finding => finding.Check == "empty");
        Assert.Contains(report.Findings, finding => finding.Check == "other");
    }

    [Fact]
    public async Task Checks_of_a_live_source_are_left_out_where_none_was_asked()
    {
        var check = new ScriptedCheck("jobs") { NeedsLiveSource = true };

        Assert.DoesNotContain((await RehearseAsync(checks: check)).Findings, finding => finding.Check == "jobs");
        Assert.Contains(
            (await RehearseAsync(findings: [new Finding("jobs", "", CheckResult.Passed("none"), Accepted: false)], checks: check)).Findings, finding => finding.Check == "jobs");
    }

    [Fact]
    public async Task The_run_of_the_rehearsal_is_kept_apart_from_the_real_ones()
    {
        await RehearseAsync();

        Assert.Single(new StateDirectory(_folder.File("rehearsal")).ListRuns());
        Assert.Empty(new StateDirectory(_folder.File("state")).ListRuns());
    }

    private async Task<RehearsalReport> RehearseAsync(
        Release? release = null, ImmutableArray<Finding>? findings = null, Func<IStepExecution, StepResult>? act = null, params ImmutableArray<ICheck> checks)
    {
        var script = new ScriptedSteps((_, what) => _acted.Add(what));
        if (act is not null)
        {
            script.Acts["safe"] = act;
        }

        return await new Rehearser(new RehearsalRequest
        {
            Plan = PlannerBench.RequestFor(SamplePlan.Read(script.Catalogue, Steps), route: null, checks),
            Origin = new PaperOrigin(release ?? new Release(1, 8, 7), findings),
            StartClusters = (_, _) =>
            {
                _started++;
                return Task.FromResult<IRehearsalClusters>(new BenchClusters(bench));
            },
            Directory = new StateDirectory(_folder.File("rehearsal")),
            RealState = new StateDirectory(_folder.File("state")),
            Time = TimeProvider.System,
        }).RehearseAsync(_display, CancellationToken.None);
    }

    /// <summary>A real cluster of which a test says what was found.</summary>
    private sealed class PaperOrigin(Release release, ImmutableArray<Finding>? findings) : IRehearsalOrigin
    {
        public string Name => "old:30650";

        public Task<(Release Release, bool IsGuessed)> GetReleaseAsync(CancellationToken cancellationToken) => Task.FromResult((release, false));

        public Task<OriginSurvey> SurveyAsync(PlanRequest request, IRehearsalClusters clusters, CancellationToken cancellationToken) =>
            Task.FromResult(new OriginSurvey { ClusterId = "real", Contents = new ClusterContents(2, 1, 1, 1, 6), Findings = findings });

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>Keeps what is reported before the run.</summary>
    private sealed class RecordingDisplay : IRehearsalDisplay
    {
        public List<StepProgress> Looked { get; } = [];

        public Task<T> LookAsync<T>(Func<IProgress<StepProgress>, Task<T>> look) => look(new InlineProgress<StepProgress>(Looked.Add));

        public Task<RunResult> RunAsync(Func<IRunObserver, Task<RunResult>> run) => run(new RecordingObserver());
    }

    /// <summary>The sandboxes of the bench, filled before.</summary>
    private sealed class BenchClusters(PlannerBench bench) : IRehearsalClusters
    {
        public StandIn Source => new(bench.Source.Address.ToString(), bench.Source.Release);

        public StandIn Target => new(bench.Target.Address.ToString(), bench.Target.Release);

        public IPlatform Platform { get; } = new StandInPlatform();

        public TargetRefusal? Refusal => null;

        public void Fill(ClusterInventory inventory, bool completesSpecs) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
