using System.Runtime.Versioning;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>What networks, servers and disks do to a whole run: it goes on by itself where that is safe, and otherwise can be resumed.</summary>
public sealed class FaultTests : IDisposable
{
    /// <summary>More than all questions before the restore take, and less than half of the restore.</summary>
    private const long BytesBeforeMidRestore = 12_000;

    /// <summary>More than the first answer takes, and less than all questions before the restore.</summary>
    private const long BytesBeforeRestore = 3_000;

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Reset_in_the_middle_of_a_message_while_the_plan_is_made_is_got_over()
    {
        await using var clusters = await ClusterPair.StartAsync();
        await using var proxy = FaultyProxy.Start(clusters.Source.Address.Port, new Fault(FaultKind.Reset, 9_000));

        var outcome = await _tool.RunAsync("plan", Tool.Plan, "--source", proxy.Address.ToString(), "--target", clusters.Target.Address.ToString());

        Assert.True(proxy.Struck.IsCompleted);
        outcome.Expect(0).Says("Retrying:").Says("Retrying until").Says("answers again").Answers("pachup apply");
    }

    [Fact]
    public async Task Server_restart_between_two_operations_is_waited_for()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await using var proxy = FaultyProxy.Start(
            clusters.Target.Address.Port, new Fault(FaultKind.Death, BytesBeforeRestore) { Direction = Direction.FromClient });

        var outcome = await _tool.RunAsync(line => RestartAt("Retrying:", line, proxy), Apply(clusters.Source.Address, proxy.Address));

        Assert.True(proxy.Struck.IsCompleted);
        outcome.Expect(0).Says("answers again").Answers("Arrived: repos 33 of 33");
    }

    [Fact]
    public async Task Slow_trickle_is_no_reason_to_stop()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await using var source = FaultyProxy.Start(clusters.Source.Address.Port, new Fault(FaultKind.Trickle));
        await using var target = FaultyProxy.Start(clusters.Target.Address.Port, new Fault(FaultKind.Trickle));

        (await _tool.RunAsync(Apply(source.Address, target.Address))).Expect(0).Answers("Arrived: repos 33 of 33");
    }

    [Fact]
    public async Task Stall_without_end_in_the_restore_stops_the_run_which_can_be_resumed()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await using var proxy = FaultyProxy.Start(
            clusters.Target.Address.Port, new Fault(FaultKind.Stall, BytesBeforeMidRestore) { Direction = Direction.FromClient });

        var stalled = await _tool.RunAsync([.. Apply(clusters.Source.Address, proxy.Address), "--idle-timeout", "5s"]);
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        stalled.Expect(1).Says("nothing came or went on the connection for 5 seconds").Says("pachup apply --resume");
        resumed.Expect(0).Answers("Arrived: repos 33 of 33");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Damaged_archive_on_disk_is_refused_before_more_of_it_is_restored(bool isTruncated)
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
    public async Task Disk_full_while_extracting_stops_the_run_which_can_be_resumed()
    {
        await using var clusters = await ClusterPair.StartAsync(shareBucket: false);
        await clusters.AddNoiseAsync(megabytes: 3);
        var apply = Apply(clusters.Source.Address, clusters.Target.Address);

        var full = await _tool.RunWithFileLimitAsync(megabytes: 1, apply);
        var resumed = await _tool.RunAsync("apply", "--resume", "--yes");

        full.Expect(1).Says("[4/9] extract: failed").Says("cannot become larger").Says("the free disk space").Says("pachup apply --resume");
        resumed.Expect(0).Answers("Arrived: repos 34 of 34");
    }

    [Fact]
    public async Task State_directory_that_cannot_be_written_is_told_before_anything_is_done()
    {
        await using var clusters = await ClusterPair.StartAsync();

        // Not even root can make directories there.
        var outcome = await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--state-dir", "/proc/self/pachup"]);

        outcome.Expect(1).Says("/proc/self/pachup").Says("--state-dir selects another directory");
        Assert.Equal(0, clusters.Source.WriteCalls);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task State_directory_of_somebody_else_is_told_before_anything_is_done()
    {
        await using var clusters = await ClusterPair.StartAsync();
        var state = Directory.CreateDirectory(Path.Combine(_tool.WorkingDirectory, "theirs"));
        File.SetUnixFileMode(state.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var outcome = await _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes", "--state-dir", state.FullName]);

        // Permissions do not stop root.
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
