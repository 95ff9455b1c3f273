using System.Text.Json;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>What <c>apply</c> does only if it was clearly meant.</summary>
public sealed class ConsentTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_forgotten_target_does_not_become_a_migration_in_place()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var source = clusters.Source.Address.ToString();

        var planned = await _tool.RunAsync("plan", Tool.Plan, "--source", source);
        var applied = await _tool.RunAsync("apply", Tool.Plan, "--source", source, "--yes");

        planned.Expect(0).Answers($"IN PLACE: {source} is taken down and replaced.").Answers("From step 6 (undeploy) to step 8 (restore), pachd does not answer.").Answers("--in-place");
        applied.Expect(2).Says("no target was given").Says("--in-place to replace it");
        Assert.Equal(0, clusters.Source.WriteCalls);
    }

    [Fact]
    public async Task In_place_and_a_target_contradict_each_other()
    {
        await using var clusters = await ClusterPair.StartAsync();

        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--in-place", "--yes"])).Expect(2).Says("--target and --in-place cannot be used together");

        var plan = await _tool.CopyPlanAsync("1.8.7-to-1.9.0", "kind: MigrationPlan\n", "kind: MigrationPlan\ninPlace: true\n");
        (await _tool.RunAsync(["apply", plan, .. clusters.Options, "--yes"])).Expect(2).Says("has another address than the source");
    }

    [Fact]
    public async Task A_plan_that_says_that_it_is_in_place_needs_no_option()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var plan = await _tool.CopyPlanAsync("1.8.7-to-1.9.0", "kind: MigrationPlan\n", "kind: MigrationPlan\ninPlace: true\n");

        var shown = await _tool.RunAsync("apply", plan, "--source", clusters.Source.Address.ToString(), "--dry-run");

        shown.Expect(0).Answers("IN PLACE: ").Answers("Nothing was done: this was a dry run.");
    }

    [Theory]
    [InlineData("pachyderm-1.8.7-to-1.9.0", "writers:pause-")]
    [InlineData("pachyderm-1.8.7-to-1.9.0-side-by-side", "writers:fence-unfence")]
    public async Task What_stops_and_from_which_step_to_which_is_part_of_the_plan(string plan, string expected)
    {
        await using var clusters = await ClusterPair.StartAsync();

        var planned = await _tool.RunAsync(["plan", plan, .. clusters.Options, "--output", "json"]);

        var outages = JsonDocument.Parse(planned.Expect(0).Answer).RootElement.GetProperty("plan").GetProperty("outages").EnumerateArray();
        Assert.Equal([expected], outages.Select(outage => $"{outage.GetProperty("what")}:{outage.GetProperty("from")}-{outage.GetProperty("until")}"));
    }

    [Fact]
    public async Task The_wrong_name_of_a_cluster_stops_the_command()
    {
        await using var clusters = await ClusterPair.StartAsync();

        var refused = await _tool.RunAsync("apply", Tool.Plan, "--source", clusters.Source.Address.ToString(), "--in-place", "--confirm", "production:30650");

        refused.Expect(2).Says("--confirm names \"production:30650\"").Says("Nothing was done");
        Assert.Equal(0, clusters.Source.WriteCalls);
    }

    [Fact]
    public async Task The_same_command_again_says_that_it_was_done_before_and_succeeds()
    {
        await using var clusters = await ClusterPair.StartAsync();
        string[] apply = ["apply", Tool.Plan, .. clusters.Options, "--yes"];
        var first = await _tool.RunAsync(apply);
        var run = _tool.LastRun;
        var calls = clusters.Source.WriteCalls + clusters.Target.WriteCalls;

        var second = await _tool.RunAsync(apply);
        var other = await _tool.RunAsync([.. apply, "--set", "jobs=wait"]);

        first.Expect(0).Answers("Now: Source").Answers("27 of 27 pipelines run").Answers($"pachup rollback {run} --confirm {clusters.Source.Address}");
        second.Expect(0).Answers($"Already done: run {run} did exactly this on ").Answers($"pachup verify {run} --after-work");
        other.Expect(3).Answers("target-empty");
        Assert.Equal(calls, clusters.Source.WriteCalls + clusters.Target.WriteCalls);
    }

    [Fact]
    public async Task The_same_plan_from_another_source_was_not_done_before()
    {
        await using var clusters = await ClusterPair.StartAsync();
        await using var others = await ClusterPair.StartAsync();
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"])).Expect(0);

        var other = await _tool.RunAsync("apply", Tool.Plan, "--source", others.Source.Address.ToString(), "--target", clusters.Target.Address.ToString(), "--yes");

        other.Expect(3).Answers("target-empty");
        Assert.DoesNotContain("Already done", other.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_error_is_the_real_one()
    {
        (await _tool.RunAsync("apply", "no-such-plan")).Expect(2).Says("no-such-plan");
        (await _tool.RunAsync("apply", "--resume")).Expect(2).Says("there is no run in");
        (await _tool.RunAsync("rollback")).Expect(2).Says("there is no run in");
    }

    [Fact]
    public async Task Status_starts_with_the_run_that_has_not_ended_and_the_commands_that_go_on_with_it()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var missing = Path.Combine(_tool.WorkingDirectory, "missing", "a.pachx");
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--set", $"archive={missing}", "--yes"])).Expect(1);

        var status = await _tool.RunAsync(["status", .. clusters.Options]);

        status.Expect(0).Answers($"pachup apply --resume {_tool.LastRun}").Answers($"pachup rollback {_tool.LastRun}");
        Assert.StartsWith($"Run {_tool.LastRun} has not ended: step extract failed.", status.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_names_the_pipelines_that_a_finished_run_left_stopped()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"])).Expect(0);

        var status = await _tool.RunAsync(["status", .. clusters.Options]);

        status.Expect(0).Answers($"27 pipelines of {clusters.Source.Address} are stopped by run {_tool.LastRun}, which is finished");
    }
}
