using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using PachUp.Pachyderm.Connections;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class RollbackTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_dry_run_lists_what_is_undone_and_what_remains_and_changes_nothing()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"])).Expect(0);
        var calls = clusters.Source.WriteCalls + clusters.Target.WriteCalls;

        var shown = await _tool.RunAsync("rollback", "--dry-run");
        var json = await _tool.RunAsync("rollback", "--dry-run", "--output", "json");

        shown.Expect(0)
            .Answers("restore: Stops all pipelines of the target")
            .Answers("extract (not undone): Nothing to undo: this step only read. The archive")
            .Answers("pause: Starts 27 pipelines again")
            .Answers("Nothing was undone: this was a dry run.");
        Assert.Equal(11, JsonDocument.Parse(json.Expect(0).Answer).RootElement.GetProperty("steps").GetArrayLength());
        Assert.Equal(calls, clusters.Source.WriteCalls + clusters.Target.WriteCalls);
    }

    [Fact]
    public async Task After_a_rollback_the_target_computes_nothing_and_the_source_runs_again()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"])).Expect(0);

        (await _tool.RunAsync("rollback", _tool.LastRun, "--confirm", clusters.Source.Address.ToString())).Expect(0).Answers("Rolled back.");

        Assert.All(await PipelinesOfAsync(clusters.Target.Address), pipeline => Assert.True(pipeline.Stopped));
        Assert.All(await PipelinesOfAsync(clusters.Source.Address), pipeline => Assert.False(pipeline.Stopped));
    }

    [Fact]
    public async Task A_finished_run_is_rolled_back_only_if_it_is_named_and_its_cluster_too()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"])).Expect(0);
        var (run, name) = (_tool.LastRun, clusters.Source.Address.ToString());
        var calls = clusters.Source.WriteCalls + clusters.Target.WriteCalls;

        (await _tool.RunAsync("rollback", "--yes")).Expect(2).Says($"pachup rollback {run} --confirm {name}");
        (await _tool.RunAsync("rollback", run, "--yes")).Expect(2).Says("needs the name of the cluster").Says($"--confirm {name}");
        (await _tool.RunAsync("rollback", run, "--confirm", "staging:30650")).Expect(2).Says($"the cluster is \"{name}\"");
        Assert.Equal(calls, clusters.Source.WriteCalls + clusters.Target.WriteCalls);
        (await _tool.RunAsync("rollback", run, "--confirm", name)).Expect(0).Answers("Rolled back.").Answers("Now:");
        (await _tool.RunAsync("rollback", "--yes")).Expect(2).Says($"the last run, {run}, is rolled back already");
    }

    [Fact]
    public async Task An_older_finished_run_is_never_taken_for_the_last_one()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var source = clusters.Source.Address.ToString();
        (await _tool.RunAsync("apply", "pachyderm-backup", "--source", source, "--set", "archive=first.pachx", "--yes")).Expect(0);
        var missing = Path.Combine(_tool.WorkingDirectory, "missing", "a.pachx");
        (await _tool.RunAsync("apply", "pachyderm-backup", "--source", source, "--set", $"archive={missing}", "--yes")).Expect(1);

        (await _tool.RunAsync("rollback", "--yes")).Expect(0).Says(_tool.LastRun);
        (await _tool.RunAsync("rollback", "--yes")).Expect(2).Says("is rolled back already");
    }

    [Fact]
    public async Task A_step_can_request_a_rollback_on_failure()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var plan = await WritePlanAsync(text => text.Replace("    uses: pachyderm/extract\n", "    uses: pachyderm/extract\n    onFailure: rollback\n", StringComparison.Ordinal));
        var missing = Path.Combine(_tool.WorkingDirectory, "missing", "a.pachx");

        var outcome = await _tool.RunAsync(["apply", plan, .. clusters.Options, "--set", $"archive={missing}", "--yes"]);

        outcome.Expect(1).Says("[5/11] extract: failed").Says("Rolling back, as the plan asks").Answers("Rolled back.");
        Assert.DoesNotContain("--resume", outcome.Talk, StringComparison.Ordinal);
        Assert.All(await PipelinesOfAsync(clusters.Source.Address), pipeline => Assert.False(pipeline.Stopped));
    }

    [Fact]
    public async Task An_invalid_onFailure_is_reported_with_its_position()
    {
        var plan = await WritePlanAsync(text => text.Replace("    uses: pachyderm/verify\n", "    uses: pachyderm/verify\n    onFailure: undo\n", StringComparison.Ordinal));

        (await _tool.RunAsync("plan", plan)).Expect(2).Says("\"onFailure\" is \"undo\"").Says("\"stop\" or \"rollback\"");
    }

    [Fact]
    public async Task If_the_rollback_fails_too_the_backup_and_its_restore_are_explained()
    {
        ClusterAddress source;
        await using (var clusters = await ClusterPair.StartAsync())
        {
            (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"])).Expect(0);
            source = clusters.Source.Address;
        }

        using var held = Hold(source);
        var outcome = await _tool.RunAsync("rollback", _tool.LastRun, "--confirm", source.ToString());

        outcome.Expect(1)
            .Answers("Not everything is undone.")
            .Says("The backup is \"")
            .Says("pachctl restore < ")
            .Says("Start these pipelines of the source, which were running before the run: ")
            .Says("pachup rollback 2");
    }

    /// <summary>Keeps an address from becoming that of another server, which other tests start at the same time. Nothing listens there.</summary>
    private static Socket Hold(ClusterAddress address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, address.Port));
        return socket;
    }

    private async Task<string> WritePlanAsync(Func<string, string> change)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "migration-plans", "1.8.7-to-1.9.0.yaml");
        var path = Path.Combine(_tool.WorkingDirectory, "mine.yaml");
        await File.WriteAllTextAsync(path, change(await File.ReadAllTextAsync(shipped)));
        return path;
    }

    private static async Task<IReadOnlyList<Pachyderm.Wire.Pps.PipelineInfo>> PipelinesOfAsync(ClusterAddress address)
    {
        await using var client = PachdClient.Create(address);
        return await client.ListPipelinesAsync();
    }
}
