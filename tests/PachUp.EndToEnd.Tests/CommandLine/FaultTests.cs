using System.Runtime.Versioning;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Faults of networks, servers and disks during a run. The run continues if that is safe; otherwise it can be resumed.</summary>
public sealed class FaultTests : IDisposable
{
    /// <summary>More bytes than all calls before the restore need, and fewer than half of the restore.</summary>
    private const long BytesBeforeMidRestore = 12_000;

    /// <summary>More bytes than the first answer needs, and fewer than all calls before the restore.</summary>
    private const long BytesBeforeRestore = 3_000;

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_connection_reset_during_planning_is_repeated()
    {
        await using var clusters = await ClusterPair.StartAsync();
        await using var proxy = FaultyProxy.Start(clusters.Source.Address.Port, new Fault(FaultKind.Reset, 9_000));

        var outcome = await _tool.RunAsync("plan", Tool.Plan, "--source", proxy.Address.ToString(), "--target", clusters.Target.Address.ToString());

        Assert.True(proxy.Struck.IsCompleted);
        outcome.Expect(0).Says("Retrying:").Says("Retrying until").Says("answers again").Answers("pachup apply");
    }

    [Fact]
    public async Task A_call_waits_for_a_restart_of_the_server()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await using var proxy = FaultyProxy.Start(
            clusters.Target.Address.Port, new Fault(FaultKind.Death, BytesBeforeRestore) { Direction = Direction.FromClient });

        var outcome = await _tool.RunAsync(line => RestartAt("Retrying:", line, proxy), Apply(clusters.Source.Address, proxy.Address));

        Assert.True(proxy.Struck.IsCompleted);
        outcome.Expect(0).Says("answers again").Answers("Arrived: repos 33 of 33");
    }

    [Fact]
    public async Task A_slow_transfer_does_not_stop_the_run()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await using var source = FaultyProxy.Start(clusters.Source.Address.Port, new Fault(FaultKind.Trickle));
        await using var target = FaultyProxy.Start(clusters.Target.Address.Port, new Fault(FaultKind.Trickle));

        (await _tool.RunAsync(Apply(source.Address, target.Address))).Expect(0).Answers("Arrived: repos 33 of 33");
    }

    [Fact]
    public async Task A_stalled_restore_stops_the_run_which_can_be_resumed()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await using var proxy = FaultyProxy.Start(
            clusters.Target.Address.Port, new Fault(FaultKind.Stall, BytesBeforeMidRestore) { Direction = Direction.FromClient });

        var stalled = await _tool.RunAsync([.. Apply(clusters.Source.Address, proxy.Address), "--idle-timeout", "5s"]);
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        stalled.Expect(1).Says("the call made no progress for 5 seconds").Says("pachup apply --resume");
        resumed.Expect(0).Answers("Arrived: repos 33 of 33");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_archive_is_refused_before_more_of_it_is_restored(bool isTruncated)
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await using var proxy = FaultyProxy.Start(
            clusters.Target.Address.Port, new Fault(FaultKind.Death, BytesBeforeMidRestore) { Direction = Direction.FromClient });
        (await _tool.RunAsync(Apply(clusters.Source.Address, proxy.Address))).Expect(1);
        proxy.Restart();
        await DamageAsync(FindInRun("source.pachx"), isTruncated);
        var writes = clusters.Target.WriteCalls;

        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        resumed.Expect(1).Says("source.pachx\"").Says("cannot be restored").Says("Nothing was sent.");
        Assert.Equal(writes, clusters.Target.WriteCalls);
    }

    [Fact]
    public async Task A_full_disk_during_the_extract_stops_the_run_which_can_be_resumed()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await clusters.AddNoiseAsync(megabytes: 3);
        var apply = Apply(clusters.Source.Address, clusters.Target.Address);

        var full = await _tool.RunWithFileLimitAsync(megabytes: 1, apply);
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        full.Expect(1).Says("[5/11] extract: failed").Says("cannot become larger").Says("the disk has free space").Says("pachup apply --resume")
            .Answers($"Now: Source pachd 1.8.7 at {clusters.Source.Address} answers").Answers($"Target pachd 1.9.0 at {clusters.Target.Address} answers");
        resumed.Expect(0).Answers("Arrived: repos 34 of 34");
    }

    [Fact]
    public async Task A_state_directory_that_cannot_be_written_is_reported_before_the_run()
    {
        await using var clusters = await ClusterPair.StartAsync();

        // Even root cannot create directories there.
        var outcome = await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--state-dir", "/proc/self/pachup"]);

        outcome.Expect(1).Says("/proc/self/pachup").Says("No cluster was changed.").Says("--state-dir selects another directory");
        Assert.Equal(0, clusters.Source.WriteCalls);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_state_directory_of_another_user_is_reported_before_the_run()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var state = Directory.CreateDirectory(Path.Combine(_tool.WorkingDirectory, "theirs"));
        File.SetUnixFileMode(state.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var outcome = await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--state-dir", state.FullName]);

        // Root ignores permissions.
        outcome.Expect(Environment.IsPrivilegedProcess ? 0 : 1);
        Assert.Equal(Environment.IsPrivilegedProcess, clusters.Source.WriteCalls > 0);
    }

    private static string[] Apply(Pachyderm.Connections.ClusterAddress source, Pachyderm.Connections.ClusterAddress target) =>
        ["apply", Tool.Plan, "--source", source.ToString(), "--target", target.ToString(), "--set", "objects=true", "--yes"];

    private static void RestartAt(string lead, string line, FaultyProxy proxy)
    {
        if (line.StartsWith(lead, StringComparison.Ordinal))
        {
            proxy.Restart();
        }
    }

    private static async Task DamageAsync(string path, bool isTruncated)
    {
        var content = await File.ReadAllBytesAsync(path);
        content[^(content.Length / 3)] ^= 1;
        await File.WriteAllBytesAsync(path, isTruncated ? content[..^100] : content);
    }

    private string FindInRun(string name) => Directory.EnumerateFiles(_tool.WorkingDirectory, name, SearchOption.AllDirectories).Single();
}
