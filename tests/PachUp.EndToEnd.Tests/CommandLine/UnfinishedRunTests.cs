using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>A run that was killed or failed has stopped pipelines. Another run, from wherever it is started, neither begins by chance nor leaves them stopped.</summary>
public sealed class UnfinishedRunTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task AnotherRunIsRefused_AndNamesTheRunAndTheWaysToGoOn()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var run = await KillInExtractAsync(clusters);

        var again = await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--state-dir", "other"]);
        var same = await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"]);
        var planned = await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options, "--state-dir", "other"]);
        var check = await _tool.RunAsync(["check", Tool.Plan, .. clusters.Options, "--state-dir", "other"]);

        foreach (var refused in new[] { again, same })
        {
            refused.Expect(3).Says($"run {run}, process").Says("in step extract, did not end").Says("--break-lock")
                .Says($"pachup apply --resume {run} --state-dir").Says($"pachup rollback {run} --state-dir");
        }

        (await _tool.RunAsync("status", "--source", clusters.Source.Address.ToString(), "--state-dir", "other")).Expect(0)
            .Answers($"Lock run {run}, process").Answers("in step extract; its process has ended, and the run did not end");
        planned.Expect(0).Says($"Warning: run {run}, process").Answers("Stopped already, by a run that did not end, and started again at the end: ");
        check.Expect(0).Says($"Warning: run {run}, process");
    }

    [Fact]
    public async Task AnotherRunThatBreaksTheLock_StartsThePipelinesThatTheFirstOneStopped()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var running = await RunningAsync(clusters.Source);
        var run = await KillInExtractAsync(clusters);
        Assert.Empty(await RunningAsync(clusters.Source));

        var broken = await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--state-dir", "other", "--break-lock"]);

        broken.Expect(0).Says($"Broke the lock of run {run}, which did not end").Answers("pipelines 25 of 25");
        Assert.Equal(running, await RunningAsync(clusters.Target));
    }

    [Fact]
    public async Task AnExtractThatBreaksTheLock_LeavesItAsItWas_SoThatTheNextRunStillKnowsThePipelines()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var running = await RunningAsync(clusters.Source);
        var run = await KillInExtractAsync(clusters);

        (await _tool.RunAsync("extract", "--source", clusters.Source.Address.ToString(), "--archive", "a.pachx", "--state-dir", "other", "--break-lock")).Expect(0);

        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--state-dir", "third"])).Expect(3).Says($"run {run}, process");
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--state-dir", "third", "--break-lock"])).Expect(0);
        Assert.Equal(running, await RunningAsync(clusters.Target));
    }

    [Fact]
    public async Task CommandsToGoOn_NameTheDirectoriesThatTheRunWasGiven()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var (state, locks) = (Path.Combine(_tool.WorkingDirectory, "kept"), Directory.CreateDirectory(Path.Combine(_tool.WorkingDirectory, "locks")).FullName);
        var missing = Path.Combine(_tool.WorkingDirectory, "missing", "a.pachx");

        var failed = await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--set", $"archive={missing}", "--yes", "--state-dir", state, "--lock-dir", "locks"]);

        failed.Expect(1).Says($"--lock-dir {locks}").Says($"--state-dir {state}");
        (await _tool.RunAsync("status", "--state-dir", state)).Answers($"--state-dir {state}").Answers($"--lock-dir {locks}");
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--lock-dir", "locks"])).Expect(3)
            .Says($"pachup rollback {Path.GetFileName(Assert.Single(Directory.GetDirectories(Path.Combine(state, "runs"))))} --state-dir {state} --lock-dir {locks}");
    }

    [Fact]
    public async Task ItsOwnRunGoesOn_SaysItOnce_AndThenNothingIsLocked()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var run = await KillInExtractAsync(clusters);

        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        Assert.Single(resumed.Expect(0).Talk.Split('\n'), line => line.Contains($"Took over the lock of run {run}", StringComparison.Ordinal));
        (await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options])).Expect(3);
        Assert.DoesNotContain("Warning", (await _tool.RunAsync(["plan", Tool.Plan, .. clusters.Options])).Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunThatFailed_KeepsOthersOut_UntilItIsRolledBack()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var running = await RunningAsync(clusters.Source);
        var missing = Path.Combine(_tool.WorkingDirectory, "missing", "a.pachx");
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--set", $"archive={missing}", "--yes"])).Expect(1);

        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--state-dir", "other"])).Expect(3).Says($"run {_tool.LastRun}, process");
        (await _tool.RunAsync("rollback", "--yes")).Expect(0);

        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--state-dir", "other"])).Expect(0);
        Assert.Equal(running, await RunningAsync(clusters.Target));
    }

    private async Task<string> KillInExtractAsync(ClusterPair clusters)
    {
        using var running = RunningTool.Start(_tool, ["apply", Tool.Plan, .. clusters.Options, "--yes"]);
        await running.UntilAsync("] extract");
        running.Kill();
        await running.EndAsync();
        return _tool.LastRun;
    }

    private static async Task<IEnumerable<string>> RunningAsync(SandboxCluster cluster)
    {
        await using var client = PachdClient.Create(cluster.Address);
        return (await client.ListPipelinesAsync()).Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Pipeline.Name).Order();
    }
}
