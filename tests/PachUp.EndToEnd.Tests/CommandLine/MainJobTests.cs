using System.Text.Json;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class MainJobTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("pachyderm-1.8.7-to-1.9.0")]
    [InlineData("migration-plans/1.8.7-to-1.9.0.yaml")]
    public async Task A_plan_can_be_tried_in_the_sandbox_from_any_directory(string plan)
    {
        var outcome = await _tool.RunAsync("apply", plan, "--sandbox", "--yes");

        outcome.Expect(0)
            .Answers("Done. Arrived: repos 33 of 33, branches 12 of 12, commits 6 of 6, pipelines 25 of 25 (and 2 with a cron input at the resume), files read")
            .Says("[11/11] unfence: done");
    }

    [Fact]
    public async Task A_dry_run_shows_the_plan_and_leaves_no_files()
    {
        var outcome = await _tool.RunAsync("apply", Tool.Plan, "--sandbox", "--dry-run");

        outcome.Expect(0).Answers("Nothing was done: this was a dry run.");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_tool.WorkingDirectory));
    }

    [Theory]
    [InlineData("pachyderm-1.8.7-to-1.9.0", "--to", "1.9.12")]
    [InlineData("pachyderm-restore-backup")]
    public async Task A_plan_is_shown_for_the_sandbox_and_says_how_to_try_it_there(params string[] plan)
    {
        var outcome = await _tool.RunAsync(["plan", .. plan, "--sandbox"]);

        outcome.Expect(0).Answers($"To try it: pachup apply {string.Join(' ', plan)} --sandbox");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_tool.WorkingDirectory));
        Assert.Empty(_tool.TemporaryFiles);
    }

    [Fact]
    public async Task A_plan_recommends_a_better_target_and_folds_checks_that_passed_and_long_lists()
    {
        var folded = await _tool.RunAsync("plan", Tool.Plan, "--sandbox");
        var whole = await _tool.RunAsync("plan", Tool.Plan, "--sandbox", "--all");

        folded.Expect(0).Answers("advice target-choice:").Answers("Consider --to 1.9.12").Answers("checks (--all shows them)").Answers("and 22 more (--all shows every one)");
        whole.Expect(0).Answers("passed target-empty:");
        Assert.DoesNotContain("(--all", whole.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_changes_nothing_on_either_cluster()
    {
        await using var clusters = await ClusterPair.StartAsync();

        var outcome = await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options]);

        outcome.Expect(0).Answers($"pachup apply {Tool.Plan}");
        Assert.Equal(0, clusters.Source.WriteCalls);
        Assert.Equal(0, clusters.Target.WriteCalls);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_tool.WorkingDirectory));
    }

    [Fact]
    public async Task Only_the_expected_plan_is_applied_in_any_layout()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var rewritten = await _tool.CopyPlanAsync("1.8.7-to-1.9.0", "\n", "\r\n");
        await File.AppendAllTextAsync(Path.Combine(_tool.WorkingDirectory, rewritten), "\r\n# Reviewed.\r\n\r\n");
        var plan = (await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, "--output", "json"])).Expect(0);
        var hash = JsonDocument.Parse(plan.Answer).RootElement.GetProperty("plan").GetProperty("hash").GetString()!;

        var other = await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--expect", "000000000000"]);
        var same = await _tool.RunAsync(["apply", rewritten, .. clusters.Options, "--yes", "--expect", hash, "--output", "json"]);

        other.Expect(3).Says("the plan has changed since it was shown").Says($"To apply it, use --expect {hash}");
        var run = JsonDocument.Parse(same.Expect(0).Answer).RootElement.GetProperty("run");
        Assert.Equal("done", run.GetProperty("outcome").GetString());
        Assert.StartsWith("repos 33 of 33", run.GetProperty("arrived").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_are_migrated_with_all_objects_and_a_second_time_is_refused()
    {
        await using var source = await SandboxProcess.StartAsync(_tool, "--release", "1.8.7", "--archive", Testing.Recordings.Archive("1.8.7-world-full"));
        await using var target = await SandboxProcess.StartAsync(_tool, "--release", "1.9.0");
        string[] apply = ["apply", Tool.Plan, "--source", source.Address, "--target", target.Address, "--set", "objects=true", "--yes"];

        var first = await _tool.RunAsync(apply);
        var second = await _tool.RunAsync([.. apply, "--state-dir", "of-another-user"]);
        var inventory = Directory.EnumerateFiles(_tool.WorkingDirectory, "source.inventory.json", SearchOption.AllDirectories).Single();
        var verified = await _tool.RunAsync("verify", "--source", inventory, "--target", target.Address);

        first.Expect(0).Answers("Arrived: repos 33 of 33").Says("[11/11] unfence: done");
        second.Expect(3).Answers("refused target-empty").Answers("Nothing was done. Fix the findings marked \"refused\" first.");
        Assert.DoesNotContain("[1/11]", second.Talk, StringComparison.Ordinal);
        verified.Expect(0).Answers("Nothing is lost. Arrived: repos 33 of 33");
    }

    [Fact]
    public async Task Runs_are_listed_and_shown_afterwards()
    {
        (await _tool.RunAsync("apply", Tool.Plan, "--sandbox", "--yes")).Expect(0);

        var list = await _tool.RunAsync("runs", "list", "--output", "json");
        var show = await _tool.RunAsync("runs", "show");
        var status = await _tool.RunAsync("status");

        var run = JsonDocument.Parse(list.Expect(0).Answer).RootElement.GetProperty("runs").EnumerateArray().Single();
        Assert.Equal("done", run.GetProperty("state").GetString());
        show.Expect(0).Answers("step done restore");
        status.Expect(0).Answers(run.GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task Only_the_checks_can_be_run()
    {
        await using var clusters = await ClusterPair.StartAsync();

        var passed = await _tool.RunAsync(["check", Tool.Plan, .. clusters.Options, "--all"]);
        var refused = await _tool.RunAsync("check", Tool.Plan, "--source", clusters.Target.Address.ToString(), "--target", clusters.Source.Address.ToString());

        passed.Expect(0).Answers("passed target-empty");
        refused.Expect(3).Answers("The source is 1.9.0, a release of line 1.9, but this plan migrates from line 1.8.");
    }

    /// <summary>After a change of a step or its comments: pachup schema > migration-plans/plan.schema.json</summary>
    [Fact]
    public async Task The_schema_beside_the_shipped_plans_is_what_the_tool_prints()
    {
        var kept = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "migration-plans", "plan.schema.json"));

        var printed = (await _tool.RunAsync("schema")).Expect(0).Answer;

        Assert.Equal(kept, printed);
        Assert.Equal("urn:pachup:plan:v1", JsonDocument.Parse(printed).RootElement.GetProperty("$id").GetString());
    }

    [Fact]
    public async Task Every_shipped_plan_names_its_schema_for_editors()
    {
        var plans = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "migration-plans"), "*.yaml");

        Assert.NotEmpty(plans);
        foreach (var plan in plans)
        {
            Assert.StartsWith("# yaml-language-server: $schema=plan.schema.json\n", await File.ReadAllTextAsync(plan), StringComparison.Ordinal);
        }
    }
}
