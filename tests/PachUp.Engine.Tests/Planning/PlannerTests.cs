using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Planning;

public sealed class PlannerTests(PlannerBench bench) : IClassFixture<PlannerBench>
{
    private const string Removing = "steps:\n  - { id: one, uses: test/removing }";

    [Fact]
    public async Task The_preview_describes_both_clusters()
    {
        await using var plan = await bench.PlanAsync();

        var (source, target) = (plan.Preview.Source, plan.Preview.Target);
        Assert.Equal((bench.Source.Address.ToString(), "--source", new Release(1, 8, 7)), (source.Address, source.Origin, source.Release));
        Assert.Equal((bench.Target.Address.ToString(), "--target", new Release(1, 9, 0)), (target.Address, target.Origin, target.Release));
        Assert.Equal((2, 1), (source.Contents!.Repos, source.Contents.Pipelines));
        Assert.Equal(new ClusterContents(0, 0, 0, 0, 0), target.Contents);
        Assert.NotEqual(source.ClusterId, target.ClusterId);
    }

    [Fact]
    public async Task Planning_writes_nothing()
    {
        var before = (bench.Source.WriteCalls, bench.Target.WriteCalls);

        await (await bench.PlanAsync()).DisposeAsync();

        Assert.Equal(before, (bench.Source.WriteCalls, bench.Target.WriteCalls));
    }

    [Fact]
    public async Task Each_step_is_previewed_with_what_is_known_before_it_runs()
    {
        await using var plan = await bench.PlanAsync();

        Assert.Equal(["one", "two"], plan.Preview.Steps.Select(step => step.Id));
        Assert.Equal([true, false], plan.Preview.Steps.Select(step => step.IsRevertible));
        Assert.Equal("Would do \"green\" 1 times", plan.Preview.Steps[0].Preview.Summary);
        Assert.Equal("Known only during the run: ${steps.one.count}", Assert.Single(plan.Preview.Steps[1].Preview.Notes));
    }

    [Fact]
    public async Task Changes_that_the_route_announces_are_in_the_preview()
    {
        var change = new AnnouncedChange(ChangeKind.LeftOut, new InventoryItem(ItemKind.Commit, "images@1"), "open-commit", "it is not finished");

        await using var plan = await PlannerBench.PlanAsync(PlannerBench.RequestFor(PlannerBench.Read(bench.Overrides), new StandInRoute { Changes = [change] }));

        Assert.Equal(change, Assert.Single(plan.Preview.Changes));
    }

    [Fact]
    public async Task Checks_run_after_the_release_checks_with_those_of_the_route_last_and_only_for_their_purpose()
    {
        var route = new StandInRoute { OwnChecks = [new ScriptedCheck("of-the-route")] };

        await using var plan = await PlannerBench.PlanAsync(PlannerBench.RequestFor(
            PlannerBench.Read(bench.Overrides), route, new ScriptedCheck("general"), new ScriptedCheck("of-backups") { Purpose = PlanPurpose.Backup }));

        Assert.Equal(["point-release", "target-choice", "general", "of-the-route"], plan.Preview.Findings.Select(finding => finding.Check));
    }

    [Fact]
    public async Task Checks_of_this_machine_do_not_run_if_another_machine_carries_out_the_plan()
    {
        var request = PlannerBench.RequestFor(
            PlannerBench.Read(bench.Overrides), route: null, new ScriptedCheck("disk") { IsAboutThisMachine = true }, new ScriptedCheck("cluster"));

        await using var plan = await PlannerBench.PlanAsync(request with { IsCarriedOutElsewhere = true });

        Assert.Contains(plan.Preview.Findings, finding => finding.Check == "cluster");
        Assert.DoesNotContain(plan.Preview.Findings, finding => finding.Check == "disk");
    }

    [Fact]
    public async Task A_check_that_refuses_ends_the_plan_before_its_steps()
    {
        await using var plan = await bench.PlanAsync(new ScriptedCheck("bad", CheckOutcome.Refused), new ScriptedCheck("good"));

        Assert.True(plan.Preview.IsRefused);
        Assert.Equal("good", plan.Preview.Findings[^1].Check);
        Assert.Empty(plan.Preview.Steps);
    }

    [Fact]
    public async Task A_refused_release_ends_the_plan_before_a_cluster_is_read()
    {
        var asked = new ScriptedCheck("asked", _ => throw new InvalidOperationException("nobody should ask"));
        var request = PlannerBench.RequestFor(PlannerBench.Read(bench.Overrides, to: "1.10.0"), route: null, asked);

        await using var plan = await PlannerBench.PlanAsync(request);

        Assert.True(plan.Preview.IsRefused);
        Assert.Equal(["point-release", "target-choice", "route"], plan.Preview.Findings.Select(finding => finding.Check));
        Assert.Null(plan.Preview.Source.Contents);
        Assert.Throws<InvalidOperationException>(() => plan.RequireContext());
    }

    [Fact]
    public async Task A_warning_that_a_step_accepts_by_name_is_accepted()
    {
        var request = PlannerBench.RequestFor(
            PlannerBench.Read(bench.Overrides, Accepting("spouts, point-release")), route: null, new ScriptedCheck("spouts", CheckOutcome.Warning), new ScriptedCheck("crons", CheckOutcome.Warning));

        await using var plan = await PlannerBench.PlanAsync(request);

        Assert.Equal(
            [("point-release", true), ("target-choice", false), ("spouts", true), ("crons", false)],
            plan.Preview.Findings.Select(finding => (finding.Check, finding.Accepted)));
    }

    [Fact]
    public async Task A_plan_that_accepts_a_check_that_does_not_exist_is_refused_with_the_nearest_name()
    {
        var request = PlannerBench.RequestFor(PlannerBench.Read(bench.Overrides, Accepting("spuots")), route: null, new ScriptedCheck("spouts", CheckOutcome.Warning));

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => PlannerBench.PlanAsync(request));

        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.Equal("the plan accepts warnings of the check \"spuots\", which does not exist", refusal.Message);
        Assert.StartsWith("Did you mean \"spouts\"?", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_finds_a_secret_does_not_show_it()
    {
        var document = PlannerBench.Read(
            bench.Overrides, "steps:\n  - { id: one, uses: test/lasting, with: { text: \"${env.TOKEN}\" } }", environment: ("TOKEN", "hush-hush"));

        await using var plan = await PlannerBench.PlanAsync(PlannerBench.RequestFor(
            document, route: null, new ScriptedCheck("leaky", _ => CheckResult.Warning("found hush-hush", "hide hush-hush", "hush-hush"))));

        var result = plan.Preview.Findings[^1].Result;
        Assert.Equal(("found ${env.TOKEN}", "hide ${env.TOKEN}", "${env.TOKEN}"), (result.Found, result.Remedy, result.Items[0]));
    }

    [Fact]
    public async Task A_plan_with_only_a_source_is_in_place_and_ignores_other_addresses()
    {
        await using var plan = await PlannerBench.PlanAsync(PlannerBench.RequestFor(PlannerBench.Read(bench.Overrides with { Target = null }, Removing)));

        Assert.True(plan.Preview.IsInPlace);
        Assert.Equal(bench.Source.Address.ToString(), plan.Preview.Target.Address);
        Assert.Null(plan.Preview.Target.Contents);
    }

    [Fact]
    public async Task One_address_for_two_clusters_is_refused_if_the_plan_does_not_remove_the_source()
    {
        var request = PlannerBench.RequestFor(PlannerBench.Read(bench.Overrides with { Target = bench.Overrides.Source }));

        var mistake = await Assert.ThrowsAsync<InvalidPlanException>(() => PlannerBench.PlanAsync(request));

        Assert.Equal(
            $"--target: source and target have the same address {bench.Source.Address}, but the plan builds the target beside the source; expected the address of the new cluster",
            mistake.Message);
    }

    [Fact]
    public async Task One_address_for_two_clusters_is_allowed_if_the_plan_removes_the_source()
    {
        var document = PlannerBench.Read(bench.Overrides with { Target = bench.Overrides.Source }, Removing);

        await using var plan = await PlannerBench.PlanAsync(PlannerBench.RequestFor(document));

        Assert.True(plan.Preview.IsInPlace);
    }

    [Fact]
    public async Task A_cluster_without_an_address_is_refused_with_a_list_of_all_searched_places()
    {
        var request = PlannerBench.RequestFor(PlannerBench.Read(new PlanOverrides()));

        var refusal = await Assert.ThrowsAsync<AddressException>(() => PlannerBench.PlanAsync(request));

        Assert.StartsWith("No address of pachd was found.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_clusters_give_the_same_hash()
    {
        await using var first = await bench.PlanAsync(new ScriptedCheck("spouts"));
        await using var second = await bench.PlanAsync(new ScriptedCheck("spouts"));

        Assert.Equal(first.Preview.Hash, second.Preview.Hash);
    }

    private static string Accepting(string checks) => $"steps:\n  - {{ id: one, uses: test/lasting, with: {{ accept: [{checks}] }} }}";
}
