using System.Runtime.Versioning;
using System.Text.Json;
using Mono.Unix.Native;
using PachUp.Common.Files;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.State;
using PachUp.Sdk.Platforms;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Runs.Locks;

[UnsupportedOSPlatform("windows")]
public sealed class MachineLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];

    private string LockPath => _folder.File("pachup-cluster.lock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_cluster_is_locked_until_the_lock_is_released_and_the_file_is_removed()
    {
        using (Take("cluster", "first"))
        {
            var refusal = Assert.Throws<ClusterLockedException>(() => Take("cluster", "second"));
            Take("another cluster", "second").Dispose();

            Assert.Equal("first", refusal.Holder!.Run);
        }

        Take("cluster", "third").Dispose();
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
        Assert.Empty(_told);
    }

    [Fact]
    public void Other_users_can_open_the_file_whatever_the_umask_is()
    {
        using var held = Take("cluster", "first");

        Assert.Equal(Convert.ToInt32("666", 8), (int)File.GetUnixFileMode(LockPath));
    }

    [Fact]
    public void The_lock_of_a_killed_process_is_taken_over_by_its_run_and_refused_to_others()
    {
        File.WriteAllBytes(LockPath, JsonSerializer.SerializeToUtf8Bytes(Holder("killed") with { ProcessId = 1 }, JsonFile.Options));

        var refusal = Assert.Throws<ClusterLockedException>(() => Take("cluster", "next"));
        Take("cluster", "killed").Dispose();

        Assert.True(refusal.IsLeft);
        Assert.StartsWith("Took over the lock of run killed: its process", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_lock_can_be_put_back()
    {
        Take("cluster", "left").Leave();
        var breaking = MachineLock.Take(_folder.Path, "cluster", Holder("next"), new LockPolicy(Holder("next"), mayBreak: true, _told.Add));
        Assert.Equal("next", MachineLock.Find(_folder.Path, "cluster")!.Run);

        breaking.PutBack();

        Assert.Equal("left", MachineLock.Find(_folder.Path, "cluster")!.Run);
        Assert.True(Assert.Throws<ClusterLockedException>(() => Take("cluster", "third")).IsLeft);
    }

    [Fact]
    public void Without_a_broken_lock_putting_back_removes_the_file()
    {
        Take("cluster", "first").PutBack();

        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public void A_lock_that_is_left_still_names_its_holder_and_can_be_read_by_others()
    {
        MachineLock.Take(_folder.Path, "cluster", Holder("left") with { Pipelines = ["edges"] }, PolicyOf("left")).Leave();

        Assert.Equal(["edges"], MachineLock.Find(_folder.Path, "cluster")!.Pipelines.AsEnumerable());
        Assert.Null(MachineLock.Find(_folder.Path, "another cluster"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ nothing that names a holder")]
    public void Content_that_names_no_holder_does_not_matter(string content)
    {
        File.WriteAllText(LockPath, content);

        Take("cluster", "next").Dispose();

        Assert.Empty(_told);
    }

    [Fact]
    public void A_link_to_another_file_is_refused_and_the_file_is_left_as_it_is()
    {
        File.WriteAllText(_folder.File("precious"), "mine");
        File.CreateSymbolicLink(LockPath, _folder.File("precious"));

        Assert.Throws<LockPlaceException>(() => Take("cluster", "first"));

        Assert.Equal("mine", File.ReadAllText(_folder.File("precious")));
    }

    [Fact]
    public void A_second_name_of_another_file_is_refused_and_the_file_is_left_as_it_is()
    {
        File.WriteAllText(_folder.File("precious"), "mine");
        Assert.Equal(0, Syscall.link(_folder.File("precious"), LockPath));

        var refusal = Assert.Throws<LockPlaceException>(() => Take("cluster", "first"));

        Assert.Contains("it is not a plain file with one name", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder.File("precious")));
    }

    [Fact]
    public void A_pipe_in_place_of_the_file_is_refused()
    {
        Assert.Equal(0, Syscall.mkfifo(LockPath, FilePermissions.DEFFILEMODE));

        Assert.Throws<LockPlaceException>(() => Take("cluster", "first"));
    }

    [Theory]
    [InlineData("777", "it has no sticky bit")]
    [InlineData("775", "it has no sticky bit")]
    public void A_directory_in_which_everybody_can_remove_files_is_refused(string mode, string reason)
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)Convert.ToInt32(mode, 8));

        var refusal = Assert.Throws<LockPlaceException>(() => Take("cluster", "first"));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--lock-dir", refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1777")]
    [InlineData("700")]
    public void A_directory_in_which_only_owners_can_remove_their_files_is_used(string mode)
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)Convert.ToInt32(mode, 8));

        using var held = Take("cluster", "first");

        Assert.True(File.Exists(LockPath));
    }

    [Fact]
    public void A_directory_that_does_not_exist_is_refused() =>
        Assert.Contains(
            "No such file or directory",
            Assert.Throws<LockPlaceException>(() => MachineLock.Take(_folder.File("nowhere"), "cluster", Holder("first"), PolicyOf("first"))).Message,
            StringComparison.Ordinal);

    private LockPolicy PolicyOf(string run) => new(Holder(run), mayBreak: false, _told.Add);

    private static LockHolder Holder(string run) => LockHolderProcess.Current(new RunDirectory(run, $"/runs/{run}"), TimeProvider.System, new LockOptions());

    private MachineLock Take(string cluster, string run) => MachineLock.Take(_folder.Path, cluster, Holder(run), PolicyOf(run));
}
