using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class ResumeTests : IDisposable
{
    /// <summary>In a migration in place, PachUp waits here until an operator undeploys the old release.</summary>
    private const string Waiting = "[6/11] undeploy: undeploy";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task The_first_signal_stops_the_step_cleanly()
    {
        await using var old = await StartOldAsync();

        var stopped = await _tool.InterruptAtAsync(Waiting, Apply(old));
        var shown = await _tool.RunAsync("runs", "show");

        stopped.Expect(130).Says("[6/11] undeploy: interrupted").Says("pachup apply --resume 2").Says("pachup rollback 2");
        shown.Expect(0).Answers("step interrupted undeploy");
    }

    [Fact]
    public async Task The_second_signal_ends_the_process_immediately_and_the_resumed_run_resolves_the_unfinished_call()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await using var stalling = FaultyProxy.Start(
            clusters.Target.Address.Port, new Fault(FaultKind.Stall, 12_000) { Direction = Direction.FromClient });
        using var running = RunningTool.Start(
            _tool, "apply", Tool.Plan, "--source", clusters.Source.Address.ToString(), "--target", stalling.Address.ToString(), "--set", "objects=true", "--yes");
        await stalling.Struck;
        await running.InterruptAsync();
        await running.UntilAsync("Stopping where the run can be resumed");
        await running.InterruptAsync();
        var ended = await running.EndAsync();
        stalling.Refuse();
        stalling.Restart();
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        ended.Expect(130).Says("pachup apply --resume 2").Says("pachup rollback 2");
        Assert.DoesNotContain("restore: interrupted", ended.Talk, StringComparison.Ordinal);
        resumed.Expect(0).Answers("Arrived: repos 33 of 33");
        Assert.Equal(0, clusters.Target.RepeatedOperations);
    }

    [Fact]
    public async Task A_second_apply_is_refused_while_the_first_runs_and_takes_over_after_it_was_killed()
    {
        await using var old = await StartOldAsync();
        using var running = RunningTool.Start(_tool, Apply(old));
        await running.UntilAsync(Waiting);

        var refused = await _tool.RunAsync([.. Apply(old), "--state-dir", "another"]);
        var notEvenBroken = await _tool.RunAsync([.. Apply(old), "--break-lock"]);
        await Signals.KillAsync(running.ProcessId);
        await running.EndAsync();
        var rollback = await _tool.RunAsync("rollback", "--yes");

        refused.Expect(1).Says($"process {running.ProcessId} of").Says("is working on this cluster").Says($"kill {running.ProcessId}");
        notEvenBroken.Expect(1).Says("is working on this cluster");
        rollback.Expect(0).Says("Took over the lock of run").Answers("Rolled back.");
        Assert.False(Directory.Exists(Path.Combine(_tool.WorkingDirectory, "another", "runs")));
    }

    [Fact]
    public async Task A_changed_plan_is_refused_with_both_hashes()
    {
        await using var old = await StartOldAsync();
        var run = await StopAsync(old);
        var plan = Path.Combine(run, "plan.yaml");
        await File.WriteAllTextAsync(plan, (await File.ReadAllTextAsync(plan)).Replace("freshMetadata: true", "freshMetadata: false", StringComparison.Ordinal));

        (await _tool.RunAsync("apply", "--resume", "--yes")).Expect(3).Says("cannot continue, because its inputs changed after it started").Says("plan (SHA-256): was ");
    }

    [Fact]
    public async Task A_changed_plugin_is_refused_with_its_files_but_can_be_rolled_back()
    {
        await using var old = await StartOldAsync();
        var run = await StopAsync(old);
        var origin = Path.Combine(run, "origin.json");
        var recorded = await File.ReadAllTextAsync(origin);
        await File.WriteAllTextAsync(origin, recorded.Replace("\"PachUp.Plugins.Pachyderm18To19.dll\": \"", "\"PachUp.Plugins.Pachyderm18To19.dll\": \"0", StringComparison.Ordinal));

        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");
        var undone = await _tool.RunAsync("rollback", "--yes");

        resumed.Expect(3).Says("plugin PachUp.Plugins.Pachyderm18To19: was ").Says("PachUp.Plugins.Pachyderm18To19.dll: changed");
        undone.Expect(0);
    }

    [Theory]
    [InlineData("--resume", "plan.json", "overrides.json", "origin.json", "survey.inventory.json", "journal.jsonl")]
    [InlineData("rollback", "paused-pipelines.json")]
    public async Task A_damaged_file_of_the_run_is_named_and_the_repaired_run_is_resumed(string command, params string[] files)
    {
        string[] goOn = command == "rollback" ? ["rollback", "--yes"] : ["apply", "--resume", "--yes"];
        await using var old = await StartOldAsync();
        var run = await StopAsync(old);
        foreach (var file in files)
        {
            var path = Path.Combine(run, file);
            var whole = await File.ReadAllBytesAsync(path);
            await File.WriteAllBytesAsync(path, [(byte)(whole[0] ^ 1), .. whole[1..]]);

            (await _tool.RunAsync(goOn)).Expect(1).Says(file);

            await File.WriteAllBytesAsync(path, whole);
        }

        (await _tool.RunAsync("rollback", "--yes")).Expect(0);
    }

    [Fact]
    public async Task Another_cluster_at_the_address_is_refused_with_both_ids()
    {
        var port = 0;
        await using (var clusters = await ClusterPair.StartAsync())
        {
            port = clusters.Source.Address.Port;
            var missing = Path.Combine(_tool.WorkingDirectory, "missing");
            (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--set", $"archive={missing}/a.pachx", "--yes"])).Expect(1).Says("[5/11] extract: failed");
        }

        await using var other = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7), Port = port });

        (await _tool.RunAsync("apply", "--resume", "--yes")).Expect(3).Says($"source at 127.0.0.1:{port}: was cluster ");
        (await _tool.RunAsync("rollback", "--yes")).Expect(3).Says($"source at 127.0.0.1:{port}: was cluster ");
    }

    private static string[] Apply(SandboxCluster old) => ["apply", Tool.Plan, "--source", old.Address.ToString(), "--in-place", "--yes"];

    private static async Task<SandboxCluster> StartOldAsync()
    {
        var old = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7) });
        await old.FillAsync(Recordings.Archive("1.8.7-world-full"));
        return old;
    }

    /// <summary>Starts a migration in place and stops it.</summary>
    /// <returns>The run's directory.</returns>
    private async Task<string> StopAsync(SandboxCluster old)
    {
        using var running = RunningTool.Start(_tool, Apply(old));
        await running.UntilAsync(Waiting);
        await Signals.InterruptAsync(running.ProcessId);
        (await running.EndAsync()).Expect(130);
        return Directory.EnumerateDirectories(Path.Combine(_tool.WorkingDirectory, ".pachup", "runs")).Single();
    }
}
