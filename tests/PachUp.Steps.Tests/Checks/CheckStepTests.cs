using System.Collections.Immutable;
using PachUp.Sdk;
using PachUp.Steps.Checks;
using PachUp.Testing;

namespace PachUp.Steps.Tests.Checks;

public class CheckStepTests
{
    private static readonly CheckStep Step = new();

    [Fact]
    public async Task Every_check_is_asked_and_warnings_are_counted()
    {
        var result = await AskAsync([], Of("first", CheckResult.Passed("well")), Of("second", CheckResult.Warning("hm", "look")), Of("third", CheckResult.Passed("well")));

        Assert.Equal("3 checks run, 1 warning, none refused", result.Summary);
    }

    [Fact]
    public async Task All_refusals_are_said_at_once_and_each_remedy_once()
    {
        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => AskAsync(
            [], Of("first", CheckResult.Refused("one is broken", "Mend it.")), Of("second", CheckResult.Passed("well")), Of("third", CheckResult.Refused("two is broken", "Mend it."))));

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.Equal(("first: one is broken; third: two is broken", "Mend it."), (refusal.Message, refusal.Remedy));
    }

    [Fact]
    public async Task A_refusal_that_may_be_accepted_is_a_warning_where_the_plan_accepts_it()
    {
        var check = Of("headers", CheckResult.RefusedUnlessAccepted("headers are lost", "Accept it."));

        Assert.Equal("1 check run, 1 warning, none refused", (await AskAsync(["headers"], check)).Summary);
        await Assert.ThrowsAsync<StepFailedException>(() => AskAsync(["another"], check));
    }

    [Fact]
    public async Task A_refusal_that_may_not_be_accepted_stays_one() =>
        await Assert.ThrowsAsync<StepFailedException>(() => AskAsync(["first"], Of("first", CheckResult.Refused("no", "Never."))));

    [Fact]
    public async Task Checks_see_the_target_as_it_is_now_and_not_as_it_was_when_the_plan_was_made()
    {
        await using var bench = await StepBench.StartAsync();
        await StepBench.ChangeAsync(bench.Target, client => client.CreateRepoAsync("surprise"));
        var repos = -1;

        await Step.ExecuteAsync(new CheckStep.Arguments(), bench.Execution with
        {
            Checks =
            [
                new ScriptedCheck("target", context =>
                {
                    repos = context.Survey.Target!.Repos;
                    return CheckResult.Passed("looked");
                }),
            ],
        });

        Assert.Equal(1, repos);
    }

    [Fact]
    public async Task It_changes_nothing_and_says_so()
    {
        var preview = await Step.PreviewAsync(new CheckStep.Arguments(), Execution());

        Assert.Empty(preview.Effects);
        Assert.Equal("Runs every check again and stops if one refuses; changes nothing", preview.Summary);
        Assert.Equal("Nothing to undo: this step changed nothing.", Step.DescribeRollback(new CheckStep.Arguments(), Execution()));
    }

    private static ScriptedCheck Of(string name, CheckResult answer) => new(name, answer);

    private static StandInExecution Execution(params ImmutableArray<ICheck> checks) =>
        StandInExecution.Of(Clusters.Of()) with { IsInPlace = true, Checks = checks };

    private static Task<StepResult> AskAsync(ImmutableArray<string> accepted, params ImmutableArray<ICheck> checks) =>
        Step.ExecuteAsync(new CheckStep.Arguments { Accept = accepted }, Execution(checks));
}
