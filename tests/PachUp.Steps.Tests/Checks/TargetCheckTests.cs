using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Testing;

namespace PachUp.Steps.Tests.Checks;

/// <summary>What is asked about the target: whether it is empty, another cluster than the source, and the release of the plan.</summary>
public class TargetCheckTests
{
    private static readonly TargetState Empty = Target();

    [Fact]
    public async Task An_empty_target_of_the_right_release_passes_all()
    {
        foreach (var check in (ICheck[])[new TargetEmptyCheck(), new SameClusterCheck(), new TargetReleaseCheck()])
        {
            Assert.Equal(CheckOutcome.Passed, (await AskAsync(check, Empty)).Outcome);
        }
    }

    [Fact]
    public async Task A_target_that_does_not_answer_yet_is_asked_again_later()
    {
        foreach (var check in (ICheck[])[new TargetEmptyCheck(), new TargetReleaseCheck()])
        {
            var result = await AskAsync(check, null);

            Assert.Equal(CheckOutcome.Passed, result.Outcome);
            Assert.Contains("checks this again when", result.Found, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(2, 0, "the target at target:30650 has 2 repos and 0 pipelines")]
    [InlineData(0, 1, "the target at target:30650 has 0 repos and 1 pipeline")]
    public async Task A_target_with_something_in_it_is_refused(int repos, int pipelines, string found)
    {
        var result = await AskAsync(new TargetEmptyCheck(), Target(repos: repos, pipelines: pipelines));

        Assert.Equal((CheckOutcome.Refused, found), (result.Outcome, result.Found));
    }

    [Fact]
    public async Task Two_addresses_of_one_cluster_are_refused()
    {
        var result = await AskAsync(new SameClusterCheck(), Target(id: "source"));

        Assert.Equal((CheckOutcome.Refused, "source:30650 and target:30650 are the same cluster (source)"), (result.Outcome, result.Found));
    }

    [Fact]
    public async Task In_place_the_same_address_is_right()
    {
        var result = await new SameClusterCheck().AskAsync(ContextOf(null) with { IsInPlace = true }, CancellationToken.None);

        Assert.Equal(CheckOutcome.Passed, result.Outcome);
    }

    [Theory]
    [InlineData("1.9.12-custom", CheckOutcome.Passed, "The target is 1.9.12-custom")]
    [InlineData("1.9.0", CheckOutcome.Refused, "the target at target:30650 is 1.9.0, but the plan is for 1.9.12")]
    [InlineData("1.8.8", CheckOutcome.Refused, "the target at target:30650 is 1.8.8, not a release of 1.9")]
    public async Task What_answers_has_to_be_the_release_of_the_plan(string release, CheckOutcome outcome, string found)
    {
        var result = await AskAsync(new TargetReleaseCheck(), Target(release));

        Assert.Equal((outcome, found), (result.Outcome, result.Found));
    }

    [Theory]
    [InlineData(PlanPurpose.Migration, true)]
    [InlineData(PlanPurpose.Reload, true)]
    [InlineData(PlanPurpose.Restore, true)]
    [InlineData(PlanPurpose.Backup, false)]
    [InlineData(PlanPurpose.Upgrade, false)]
    public void Plans_that_fill_no_cluster_do_not_ask_for_an_empty_one(PlanPurpose purpose, bool asks) =>
        Assert.Equal(asks, new TargetEmptyCheck().IsAbout(purpose));

    private static TargetState Target(string release = "1.9.12", string id = "target-id", int repos = 0, int pipelines = 0) =>
        new(Release.Parse(release), id, repos, pipelines);

    private static Task<CheckResult> AskAsync(ICheck check, TargetState? target) => check.AskAsync(ContextOf(target), CancellationToken.None);

    private static StandInExecution ContextOf(TargetState? target)
    {
        var execution = StandInExecution.Of(Clusters.Of());
        return execution with { Survey = execution.Survey with { Target = target } };
    }
}
