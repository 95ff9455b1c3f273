using System.Text.Json;
using PachUp.EndToEnd.Tests.MainJob;
using PachUp.EndToEnd.Tests.Matrix;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Late writes as a user sees them: of a run that ended, and of one that stopped for them.</summary>
public sealed class LateWriteTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_run_that_ended_well_is_verified_again_and_late_writes_are_named_everywhere()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await ApplyAsync(clusters)).Expect(0).Answers("Late writes: none when PachUp looked at the source");
        var run = new DirectoryInfo(Directory.EnumerateDirectories(Path.Combine(_tool.WorkingDirectory, ".pachup", "runs")).Single()).Name;

        var even = await _tool.RunAsync("verify", run);
        using var source = new ClusterBuilder(clusters.Source.Address);
        await source.CreateRepoAsync("late");
        var commit = await source.CommitFileAsync("late", "master", "/1.txt", "one");
        var late = await _tool.RunAsync("verify", run);
        var json = await _tool.RunAsync("verify", run, "--output", "json");

        even.Expect(0).Answers("Arrived: repos 33 of 33").Answers("Late writes: none");
        late.Expect(4).Answers("Arrived: repos 33 of 33").Answers($"- new commit late@{commit}");
        json.Expect(4);
        Assert.Equal(3, JsonDocument.Parse(json.Answer).RootElement.GetProperty("lateWrites").GetProperty("writes").GetArrayLength());
        (await _tool.RunAsync("status")).Answers($"Run {run} has late writes: the source was written to after the extract, and the target does not have it: 1 repo, 1 branch, 1 commit.");
        (await _tool.RunAsync("runs", "list")).Expect(0).Answers("late writes: 1 repo, 1 branch, 1 commit");
        (await _tool.RunAsync("runs", "show", run)).Expect(0).Answers($"- new commit late@{commit}");
        (await _tool.RunAsync("runs", "report", run)).Expect(0).Answers("## Late writes").Answers($"- new commit late@{commit}");
    }

    [Theory]
    [InlineData("1.8.7", "1.9.0", "pachyderm-1.8.7-to-1.9.0", "undeploy", "restore")]
    [InlineData("1.7.14", "1.8.8", "pachyderm-1.7.14-to-1.8.0", "undeploy", "restore")]
    [InlineData("1.8.8", "1.9.12", "pachyderm-1.8.7-to-1.9.0-side-by-side", "resume", "resume")]
    public async Task Late_writes_are_carried_and_then_the_rest_of_the_plan_is_done(string from, string to, string plan, string during, string lastDone)
    {
        await using var clusters = await StartAsync(from, to);
        var commit = "";

        var stopped = await _tool.RunAsync(
            line => commit = line.Contains($"] {during}: done", StringComparison.Ordinal) ? WriteAsync(clusters).GetAwaiter().GetResult() : commit,
            ["apply", plan, "--to", to, .. OptionsOf(clusters), "--yes"]);
        var run = Assert.Single(new StateDirectory(Path.Combine(_tool.WorkingDirectory, ".pachup")).ListRuns());
        var carried = await _tool.RunAsync("apply", "--catch-up", run.Id, "--yes");

        stopped.Expect(4).Answers($"- new commit images@{commit}").Says($"pachup apply --catch-up {run.Id}");
        Assert.Equal(lastDone, Journal.Read(run.File(RunFiles.Journal)).TakeWhile(record => record.Event != JournalEvent.LateWritesFound).Last(record => record.Step.Length > 0).Step);
        carried.Expect(0).Answers("Carried after the extract: 1 branch, 1 commit").Answers("commits 3 of 3").Answers("Late writes: none");
        Assert.Equal(0, clusters.Target.Cluster.RepeatedOperations);
        (await _tool.RunAsync("verify", run.Id)).Expect(0);
        (await _tool.RunAsync("runs", "report", run.Id)).Expect(0).Answers("## Carried after the extract").Answers($"- new commit images@{commit}");
        (await _tool.RunAsync("apply", "--catch-up", run.Id, "--yes")).Expect(0).Answers("Nothing was done");
    }

    [Fact]
    public async Task A_catch_up_that_is_killed_is_resumed_and_nothing_is_sent_twice()
    {
        await using var clusters = await StartAsync("1.8.7", "1.9.0");
        (await _tool.RunAsync(["apply", Tool.Plan, .. OptionsOf(clusters), "--set", "objects=true", "--yes"])).Expect(0);
        var commit = await WriteAsync(clusters);
        var watch = new JournalWatch(_tool);
        var before = watch.Records.Count;

        using var running = RunningTool.Start(_tool, "apply", "--catch-up", "--yes");
        await watch.KillWhenAsync(running, () => watch.Records.Skip(before).Any(record => record.Checkpoint?.Kind == "batch-begun"));
        var status = await _tool.RunAsync("status");
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        status.Answers($"Run {watch.Run!.Id} has late writes");
        resumed.Expect(0).Answers("catch-up.1 done").Answers("commits 3 of 3");
        Assert.Equal(0, clusters.Target.Cluster.RepeatedOperations);
        (await _tool.RunAsync("verify", watch.Run.Id)).Expect(0);
        Assert.Equal(commit, (await MigrationHarness.TakeInventoryAsync(clusters.Target.Cluster)).FindRepo("images")!.FindBranch("master")!.Head);
    }

    [Fact]
    public async Task A_run_that_cannot_catch_up_says_why()
    {
        await using var clusters = await StartAsync("1.8.7", "1.9.0");
        var missing = Path.Combine(_tool.WorkingDirectory, "missing", "a.pachx");
        (await _tool.RunAsync(["apply", Tool.Plan, .. OptionsOf(clusters), "--set", $"archive={missing}", "--yes"])).Expect(1);

        (await _tool.RunAsync("apply", "--catch-up", "--yes")).Expect(3).Says("cannot catch up: its target is not filled yet").Says("pachup apply --resume 2");
        (await _tool.RunAsync("apply", "--catch-up", "--resume", "--yes")).Expect(2).Says("--resume cannot be used with --catch-up");
        (await _tool.RunAsync("apply", "--catch-up", "--state-dir", "empty", "--yes")).Expect(2).Says("that can be caught up");
    }

    [Fact]
    public async Task A_run_is_compared_as_its_plan_says() =>
        (await _tool.RunAsync("verify", "20250301-101500-3f9a", "--sample", "3")).Expect(2).Says("--sample cannot be used with a run");

    private static async Task<SandboxPair> StartAsync(string from, string to)
    {
        var options = new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse(from) };
        var clusters = await SandboxPair.StartAsync(options, options with { Release = Release.Parse(to) }, sharesBucket: from != "1.7.14");
        using var source = new ClusterBuilder(clusters.Source.Address);
        await source.CreateRepoAsync("images");
        await source.CommitFileAsync("images", "master", "/1.png", "one");
        await source.CommitFileAsync("images", "master", "/2.png", "two");
        await source.CreatePipelineAsync("edges", "images");
        return clusters;
    }

    private static string[] OptionsOf(SandboxPair clusters) => ["--source", clusters.Source.Address.ToString(), "--target", clusters.Target.Address.ToString()];

    private static async Task<string> WriteAsync(SandboxPair clusters)
    {
        using var source = new ClusterBuilder(clusters.Source.Address);
        return await source.CommitFileAsync("images", "master", "/3.png", "three");
    }

    private Task<Outcome> ApplyAsync(ClusterPair clusters) => _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"]);
}
