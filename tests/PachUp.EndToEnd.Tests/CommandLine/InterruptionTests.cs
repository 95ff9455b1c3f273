using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class InterruptionTests : IDisposable
{
    /// <summary>More bytes than all calls before the restore need, and fewer than half of the restore.</summary>
    private const long BytesUntilDeath = 12_000;

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_server_crash_during_the_restore_is_reported_and_the_resumed_run_completes()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await using var dying = FaultyProxy.Start(
            clusters.Target.Address.Port, new Fault(FaultKind.Death, BytesUntilDeath) { Direction = Direction.FromClient });

        var broken = await _tool.RunAsync(
            "apply", Tool.Plan, "--source", clusters.Source.Address.ToString(), "--target", dying.Address.ToString(), "--set", "objects=true", "--yes");
        dying.Restart();
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        Assert.True(dying.Struck.IsCompleted);
        broken.Expect(1).Says("[8/11] restore: failed").Says("Error: ").Says("What to do: ").Says("pachup apply --resume").Says("pachup rollback");
        resumed.Expect(0).Answers("Arrived: repos 33 of 33").Says("[8/11] restore: done");
    }

    [Fact]
    public async Task In_place_the_run_waits_for_the_new_server_and_can_be_interrupted_and_resumed()
    {
        var bucket = new SandboxObjectStore();
        var old = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7), ObjectStore = bucket });
        await old.FillAsync(Recordings.Archive("1.8.7-world-full"));
        string[] apply = ["apply", Tool.Plan, "--source", old.Address.ToString(), "--in-place", "--yes"];

        var interrupted = await _tool.InterruptAtAsync("[6/11] undeploy: undeploy", apply);
        await old.DisposeAsync();
        await using var fresh = await SandboxCluster.StartAsync(
            new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 9, 0), ObjectStore = bucket, Port = old.Address.Port });
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        interrupted.Expect(130).Answers("Interrupted.").Says("undeploy 1.8.7").Says("pachup apply --resume");
        resumed.Expect(0).Answers("Arrived: repos 33 of 33").Says("[11/11] unfence: done");
    }

    [Fact]
    public async Task A_run_can_be_rolled_back()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"])).Expect(0);

        var rollback = await _tool.RunAsync("rollback", _tool.LastRun, "--confirm", clusters.Source.Address.ToString());
        var again = await _tool.RunAsync("apply", "--resume", "--yes");

        rollback.Expect(0).Answers("Rolled back.");
        again.Expect(2).Says("there is no run").Says("that can be resumed");
    }

    [Fact]
    public async Task A_sandbox_stops_on_request()
    {
        await using var sandbox = await SandboxProcess.StartAsync(_tool, "--release", "1.9.0");

        Assert.Equal(0, await sandbox.InterruptAsync());
    }
}
