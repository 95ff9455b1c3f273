using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Tests.Runs;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Planning;

public class CheckRunnerTests
{
    [Fact]
    public async Task All_checks_run_in_order_even_after_a_refusal()
    {
        var findings = await AskAsync([], new ScriptedCheck("first", CheckOutcome.Refused), new ScriptedCheck("second"), new ScriptedCheck("third", CheckOutcome.Warning));

        Assert.Equal(
            [("first", "first says Refused"), ("second", "second says Passed"), ("third", "third says Warning")],
            findings.Select(finding => (finding.Check, finding.Result.Found)));
        Assert.Equal("Is first well?", findings[0].Question);
    }

    [Fact]
    public async Task A_warning_is_accepted_if_the_plan_names_its_check()
    {
        var findings = await AskAsync(["first"], new ScriptedCheck("first", CheckOutcome.Warning), new ScriptedCheck("second", CheckOutcome.Warning));

        Assert.Equal([true, false], findings.Select(finding => finding.Accepted));
    }

    [Theory]
    [InlineData(CheckOutcome.Passed)]
    [InlineData(CheckOutcome.Refused)]
    public async Task Only_warnings_can_be_accepted(CheckOutcome outcome)
    {
        var finding = Assert.Single(await AskAsync(["first"], new ScriptedCheck("first", outcome)));

        Assert.Equal((outcome, false), (finding.Result.Outcome, finding.Accepted));
    }

    [Fact]
    public async Task A_finding_about_this_machine_is_marked_as_such()
    {
        var findings = await AskAsync([], new ScriptedCheck("disk") { IsAboutThisMachine = true }, new ScriptedCheck("cluster"));

        Assert.Equal([true, false], findings.Select(finding => finding.IsAboutThisMachine));
    }

    [Fact]
    public async Task A_check_gets_the_context()
    {
        var check = new ScriptedCheck("source", context => CheckResult.Passed(context.Survey.Source.ClusterId));

        Assert.Equal(SamplePlan.SourceId, Assert.Single(await AskAsync([], check)).Result.Found);
    }

    private static async Task<ImmutableArray<Finding>> AskAsync(string[] accepted, params ImmutableArray<ICheck> checks)
    {
        await using var plan = SamplePlan.Of(SamplePlan.Read(new ScriptedSteps((_, _) => { }).Catalogue));
        return await CheckRunner.AskAllAsync(plan.Context! with { Checks = checks }, accepted.ToHashSet(), progress: null, CancellationToken.None);
    }
}
