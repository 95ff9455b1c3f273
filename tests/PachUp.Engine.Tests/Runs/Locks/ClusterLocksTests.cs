using Microsoft.Extensions.Time.Testing;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Runs.Locks;

public sealed class ClusterLocksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];

    private static PlanDocument Document { get; } = SamplePlan.Read(new ScriptedSteps((_, _) => { }).Catalogue);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_locks_each_of_its_clusters_until_it_has_ended()
    {
        await using (await TakeAsync(Holder("first")))
        {
            Assert.Equal([SamplePlan.SourceId, SamplePlan.TargetId], Held("state/locks"));
        }

        Assert.Empty(Held("state/locks"));
    }

    [Fact]
    public async Task A_run_in_place_locks_the_only_cluster()
    {
        await using var held = await TakeAsync(Holder("first"), inPlace: true);

        Assert.Equal([SamplePlan.SourceId], Held("state/locks"));
    }

    [Fact]
    public async Task A_run_that_gets_only_one_of_two_locks_releases_it()
    {
        using (LockFile.Take(_folder.File("state/locks"), SamplePlan.TargetId, Holder("other"), Policy))
        {
            await Assert.ThrowsAsync<ClusterLockedException>(() => TakeAsync(Holder("second")));

            Assert.Equal([SamplePlan.TargetId], Held("state/locks"));
        }
    }

    [Fact]
    public async Task Runs_of_two_state_directories_exclude_each_other_through_the_shared_directory()
    {
        Directory.CreateDirectory(_folder.File("shared"));
        await using var held = await TakeAsync(Holder("first"), shared: "shared");

        var refusal = await Assert.ThrowsAsync<ClusterLockedException>(() => TakeAsync(Holder("second"), state: "other-state", shared: "shared"));

        Assert.Equal("first", refusal.Holder!.Run);
        Assert.Empty(Held("other-state/locks"));
    }

    [Fact]
    public async Task A_shared_directory_that_cannot_be_used_refuses_the_run()
    {
        File.WriteAllText(_folder.File("shared"), "a file in its place");

        var refusal = await Assert.ThrowsAsync<LockPlaceException>(() => TakeAsync(Holder("first"), shared: "shared"));

        Assert.Contains($"\"{_folder.File("shared")}\"", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Held("state/locks"));
    }

    [Fact]
    public async Task Where_both_clusters_keep_locks_the_shared_directory_is_not_needed()
    {
        File.WriteAllText(_folder.File("shared"), "a file in its place");
        var platform = new LockingPlatform();

        await using var held = await TakeAsync(Holder("first"), platform, shared: "shared");

        Assert.Equal(["source", "target"], platform.Holders.Keys.Order());
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_locking_platform_locks_both_clusters_and_releases_them_in_reverse_order()
    {
        var platform = new LockingPlatform();

        await (await TakeAsync(Holder("first"), platform)).DisposeAsync();

        Assert.Equal(["source: first takes", "target: first takes", "target: first gives back", "source: first gives back"], platform.Asked);
    }

    [Fact]
    public async Task A_lock_in_the_cluster_of_another_running_run_is_respected()
    {
        var platform = new LockingPlatform { Holders = { ["target"] = Holder("other") } };

        var refusal = await Assert.ThrowsAsync<ClusterLockedException>(() => TakeAsync(Holder("second"), platform));

        Assert.Contains("(lock in the target cluster at new:30650)", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("other", Assert.Single(platform.Holders).Value.Run);
        Assert.Empty(Held("state/locks"));
    }

    [Fact]
    public async Task A_lock_in_the_cluster_of_an_ended_process_is_taken_over()
    {
        var gone = Holder("gone") with { ProcessStarted = DateTimeOffset.UnixEpoch };
        var platform = new LockingPlatform { Holders = { ["source"] = gone } };

        await using var held = await TakeAsync(Holder("next"), platform);

        Assert.Equal("next", platform.Holders["source"].Run);
        Assert.StartsWith("Took over the lock of run gone: its process", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_released_gives_a_message_and_does_not_hide_the_result_of_the_run()
    {
        var platform = new LockingPlatform { CannotGiveBack = true };

        await (await TakeAsync(Holder("first"), platform)).DisposeAsync();

        Assert.Contains("PachUp could not release the lock in the source cluster: the API server is away.", _told);
    }

    private LockPolicy Policy => new(mayBreak: false, _told.Add);

    private static LockHolder Holder(string run) => LockHolderProcess.Current(new RunDirectory(run, $"/runs/{run}"), new FakeTimeProvider());

    private async Task<ClusterLocks> TakeAsync(
        LockHolder holder, IPlatform? platform = null, bool inPlace = false, string state = "state", string? shared = null)
    {
        await using var plan = SamplePlan.Of(Document, platform, inPlace);
        var options = new LockOptions { SharedDirectory = shared is null ? null : _folder.File(shared) };
        return await ClusterLocks.TakeAsync(plan, holder, new StateDirectory(_folder.File(state)), options, _told.Add, CancellationToken.None);
    }

    /// <summary>The clusters that are locked in a directory.</summary>
    private IEnumerable<string> Held(string directory) => Directory.Exists(_folder.File(directory))
        ? Directory.EnumerateFiles(_folder.File(directory), "*.holder.json").Select(file => Path.GetFileName(file).Replace(".holder.json", "", StringComparison.Ordinal)).Order()
        : [];

    private sealed class LockingPlatform : StandInPlatform, ILockingPlatform
    {
        public Dictionary<string, LockHolder> Holders { get; init; } = [];

        public List<string> Asked { get; } = [];

        public bool CannotGiveBack { get; init; }

        public Task<LockHolder?> TryLockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken)
        {
            Asked.Add($"{cluster.Name}: {holder.Run} takes");
            return Task.FromResult(Holders.TryAdd(cluster.Name, holder) ? null : Holders[cluster.Name]);
        }

        public Task UnlockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken)
        {
            if (CannotGiveBack)
            {
                throw new StepFailedException("the API server is away", "Wait.");
            }

            Asked.Add($"{cluster.Name}: {holder.Run} gives back");
            Holders.Remove(cluster.Name);
            return Task.CompletedTask;
        }
    }
}
