using System.Diagnostics;
using PachUp.Common.Disks;
using PachUp.Common.Files;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.State;
using PachUp.Sdk.Platforms;
using PachUp.Testing;
using PachUp.Testing.Disks;

namespace PachUp.Engine.Tests.Runs.Locks;

public sealed class LockFileTests : IDisposable
{
    private readonly TemporaryFolder _directory = new();
    private readonly List<string> _told = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_cluster_is_locked_until_the_lock_is_released()
    {
        using (Take("cluster", Me("first")))
        {
            var refusal = Assert.Throws<ClusterLockedException>(() => Take("cluster", Me("second")));
            Take("another cluster", Me("second")).Dispose();

            Assert.Equal("first", refusal.Holder!.Run);
            Assert.Contains($"run first, process {Environment.ProcessId} of {Environment.UserName} on {Environment.MachineName}, since ", refusal.Message, StringComparison.Ordinal);
            Assert.Contains($"kill {Environment.ProcessId}", refusal.Remedy, StringComparison.Ordinal);
        }

        Take("cluster", Me("third")).Dispose();
        Assert.Empty(_told);
    }

    [Fact]
    public void A_lock_that_cannot_name_its_holder_is_not_taken_and_keeps_nobody_out()
    {
        var locks = _directory.File("locks");
        using (Disk.Observe(ScriptedDisk.Failing(change => change is DiskChange.DirectoryFlushed && File.Exists(Path.Combine(locks, "cluster.holder.json")))))
        {
            var failure = Assert.Throws<IOException>(() => Take("cluster", Me("first")));

            Assert.Equal($"the directory \"{locks}\" cannot be flushed to disk: No space left on device", failure.Message);
        }

        Take("cluster", Me("second")).Dispose();
        Assert.Empty(_told);
    }

    [Fact]
    public void The_lock_of_a_process_that_has_ended_is_taken_over_by_another_process_of_the_same_run()
    {
        using var ended = Process.Start("true");
        ended.WaitForExit();
        LeaveBehind(Me("run") with { ProcessId = ended.Id });

        Take("cluster", Me("run")).Dispose();

        Assert.Contains("has ended", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public void The_lock_of_another_run_that_did_not_end_is_refused_and_names_the_ways_to_go_on()
    {
        LeaveBehind(Gone("left"));

        var refusal = Assert.Throws<ClusterLockedException>(() => Take("cluster", Me("next")));

        Assert.True(refusal.IsLeft);
        Assert.StartsWith("run left, process ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("did not end, and this cluster is as that run left it", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(
            "Go on with it: pachup apply --resume left --state-dir /state. Or take it back: pachup rollback left --state-dir /state. "
            + "Or start anew with --break-lock: then the 2 pipelines that ran before it count as running.",
            refusal.Remedy);
        Assert.Equal("left", LockFile.Find(_directory.File("locks"), "cluster")!.Run);
    }

    [Fact]
    public void The_ways_to_go_on_name_the_directory_for_locks_that_the_run_was_given()
    {
        var own = LockHolderProcess.Current(new RunDirectory("left", "/state/runs/left"), TimeProvider.System, new LockOptions { SharedDirectory = "/var/lib/locks" });
        LeaveBehind(own with { ProcessStarted = DateTimeOffset.UnixEpoch });

        var refusal = Assert.Throws<ClusterLockedException>(() => Take("cluster", Me("next")));

        Assert.StartsWith(
            "Go on with it: pachup apply --resume left --state-dir /state --lock-dir /var/lib/locks. Or take it back: pachup rollback left --state-dir /state --lock-dir /var/lib/locks.",
            refusal.Remedy,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_lock_of_a_run_that_ended_before_its_first_record_is_taken_over()
    {
        LeaveBehind(Gone("left") with { RunDirectory = _directory.File("runs/left") });

        Take("cluster", Me("next")).Dispose();

        Assert.StartsWith("Took over the lock of run left", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public void The_lock_of_another_run_that_did_not_end_is_broken_on_request()
    {
        LeaveBehind(Gone("left"));

        Take("cluster", Me("next"), mayBreak: true).Dispose();

        Assert.Equal("Broke the lock of run left, which did not end, because of --break-lock.", Assert.Single(_told));
    }

    [Fact]
    public void A_lock_that_is_left_still_names_its_holder_and_its_pipelines()
    {
        Take("cluster", Gone("left")).Leave();

        Assert.Equal(["edges", "montage"], LockFile.Find(_directory.File("locks"), "cluster")!.Pipelines.AsEnumerable());
        Assert.Null(LockFile.Find(_directory.File("locks"), "another cluster"));
    }

    [Fact]
    public void A_running_holder_is_respected_even_if_files_cannot_be_locked()
    {
        LeaveBehind(Me("alive"));

        Assert.Throws<ClusterLockedException>(() => Take("cluster", Me("next"), mayBreak: true));
    }

    [Fact]
    public void A_lock_of_another_machine_is_broken_only_on_request()
    {
        LeaveBehind(Me("remote") with { Host = "elsewhere" });

        var refusal = Assert.Throws<ClusterLockedException>(() => Take("cluster", Me("next")));
        Take("cluster", Me("next"), mayBreak: true).Dispose();

        Assert.Contains("PachUp cannot see whether process", Assert.Single(_told), StringComparison.Ordinal);
        Assert.Contains("Check on elsewhere", refusal.Remedy, StringComparison.Ordinal);
        Assert.Contains("--break-lock", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_id_that_looks_like_a_path_is_locked_in_the_same_directory()
    {
        Take("../../up", Me("run")).Dispose();

        Assert.Equal("..%2F..%2Fup.lock", Path.GetFileName(Assert.Single(Directory.EnumerateFiles(_directory.Path, "*", SearchOption.AllDirectories))));
    }

    [Fact]
    public void A_holder_file_damaged_by_a_crash_holds_no_lock()
    {
        Directory.CreateDirectory(_directory.File("locks"));
        File.WriteAllText(_directory.File("locks/cluster.holder.json"), "{\"run\":");

        Take("cluster", Me("next")).Dispose();
    }

    private static LockHolder Me(string run) => LockHolderProcess.Current(new RunDirectory(run, "/runs/" + run), TimeProvider.System, new LockOptions());

    /// <summary>A run that did not end. A new process has the id of its process.</summary>
    private static LockHolder Gone(string run) => Me(run) with
    {
        RunDirectory = $"/state/runs/{run}",
        ProcessStarted = DateTimeOffset.UtcNow.AddDays(-1),
        Pipelines = ["edges", "montage"],
    };

    private LockFile Take(string cluster, LockHolder holder, bool mayBreak = false) =>
        LockFile.Take(_directory.File("locks"), cluster, holder, new LockPolicy(holder, mayBreak, _told.Add));

    private void LeaveBehind(LockHolder holder)
    {
        Directory.CreateDirectory(_directory.File("locks"));
        JsonFile.Write(_directory.File("locks/cluster.holder.json"), holder);
    }
}
