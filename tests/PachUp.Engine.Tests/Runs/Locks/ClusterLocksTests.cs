using Microsoft.Extensions.Time.Testing;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.State;
using PachUp.Pachyderm.Inventories;
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
        using (LockFile.Take(_folder.File("state/locks"), SamplePlan.TargetId, Holder("other"), new LockPolicy(Holder("other"), mayBreak: false, _told.Add)))
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
    public async Task A_run_takes_the_locks_of_its_ended_process_over_and_says_so_once()
    {
        var gone = Holder("run") with { ProcessStarted = DateTimeOffset.UnixEpoch };
        var platform = new LockingPlatform { Holders = { ["source"] = gone, ["target"] = gone } };

        await using var held = await TakeAsync(Holder("run"), platform);

        Assert.Equal(Holder("run"), platform.Holders["source"]);
        Assert.StartsWith("Took over the lock of run run: its process", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_lock_of_another_run_that_did_not_end_is_only_broken_on_request(bool breaks)
    {
        var platform = new LockingPlatform { Holders = { ["source"] = Holder("left") with { ProcessStarted = DateTimeOffset.UnixEpoch } } };

        var taken = await Record.ExceptionAsync(async () => await (await TakeAsync(Holder("next"), platform, breaks: breaks)).DisposeAsync());

        Assert.Equal(breaks ? null : true, (taken as ClusterLockedException)?.IsLeft);
        Assert.Equal(breaks ? [] : ["left"], platform.Holders.Values.Select(holder => holder.Run));
    }

    [Fact]
    public async Task The_lock_of_the_source_names_the_pipelines_that_run_there()
    {
        var platform = new LockingPlatform();

        await using var held = await TakeAsync(Holder("first"), platform);

        Assert.Equal(["edges"], platform.Holders["source"].Pipelines.AsEnumerable());
        Assert.Empty(platform.Holders["target"].Pipelines);
        Assert.Equal(["edges"], LockFile.Find(_folder.File("state/locks"), SamplePlan.SourceId)!.Pipelines.AsEnumerable());
    }

    [Fact]
    public async Task The_locks_in_the_clusters_show_the_step_that_begins()
    {
        var platform = new LockingPlatform();
        await using var held = await TakeAsync(Holder("first"), platform);
        var now = new DateTimeOffset(2026, 3, 1, 10, 15, 0, TimeSpan.Zero);

        await held.BeginStepAsync("extract", now, CancellationToken.None);

        Assert.Equal(["extract (since 10:15:00 UTC)", "extract (since 10:15:00 UTC)"], platform.Holders.Values.Select(holder => holder.InStep));
        Assert.Equal(["edges"], platform.Holders["source"].Pipelines.AsEnumerable());
        var refusal = await Assert.ThrowsAsync<ClusterLockedException>(() => TakeAsync(Holder("second"), platform, state: "other-state"));
        Assert.Contains(", in step extract (since 10:15:00 UTC), is working on this cluster", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_cannot_be_shown_is_told_once_and_begins()
    {
        var platform = new LockingPlatform { CannotUpdate = true };
        await using var held = await TakeAsync(Holder("first"), platform, inPlace: true);

        await held.BeginStepAsync("extract", default, CancellationToken.None);
        await held.BeginStepAsync("restore", default, CancellationToken.None);

        Assert.Equal("The lock of the source cluster does not show other machines that step extract begins: the API server is away.", Assert.Single(_told));
    }

    [Fact]
    public async Task A_step_does_not_begin_on_a_cluster_whose_lock_another_run_has_taken()
    {
        var platform = new LockingPlatform();
        await using var held = await TakeAsync(Holder("first"), platform);
        platform.Holders["target"] = Holder("other");

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => held.BeginStepAsync("restore", default, CancellationToken.None));

        Assert.Contains("run other of", failure.Message, StringComparison.Ordinal);
        Assert.Contains("has taken the lock of the target cluster at new:30650 from this run, before step restore", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    [InlineData(null, 1)]
    public async Task Of_a_job_whose_pod_ended_its_own_run_takes_the_lock_over_and_nobody_breaks_that_of_one_that_runs(bool? runs, int refusals)
    {
        var holder = Holder("run") with { Host = "pachup-1-x7k2p", Job = "default/pachup-1" };
        var platform = new LockingPlatform { Holders = { ["source"] = holder }, Runs = runs };

        var taken = await Record.ExceptionAsync(async () => await (await TakeAsync(Holder("run"), platform)).DisposeAsync());

        Assert.Equal(refusals, taken is ClusterLockedException ? 1 : 0);
    }

    [Fact]
    public async Task The_lock_of_a_job_that_did_not_end_its_run_names_the_commands_that_work_in_the_cluster()
    {
        var left = Holder("left") with { Host = "pachup-1-x7k2p", Job = "data/pachup-1" };
        var platform = new LockingPlatform { Holders = { ["source"] = left }, Runs = false };

        var refusal = await Assert.ThrowsAsync<ClusterLockedException>(() => TakeAsync(Holder("next"), platform));

        Assert.True(refusal.IsLeft);
        Assert.StartsWith(
            "Go on with it: pachup apply --resume left --in-cluster --namespace data. Or take it back: pachup rollback left --in-cluster --namespace data. "
                + "Or start anew with --break-lock",
            refusal.Remedy,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0, JournalEvent.StepStarted)]
    [InlineData(true, 0, JournalEvent.StepStarted, JournalEvent.StepFailed)]
    [InlineData(true, 0, JournalEvent.StepStarted, JournalEvent.StepDone, JournalEvent.RunDone, JournalEvent.CatchUpStarted)]
    [InlineData(true, 0, JournalEvent.StepStarted, JournalEvent.StepDone, JournalEvent.RunDone, JournalEvent.RollbackStarted)]
    [InlineData(false, 0, JournalEvent.StepStarted, JournalEvent.StepDone, JournalEvent.RunDone)]
    [InlineData(false, 0, JournalEvent.StepStarted, JournalEvent.RollbackStarted, JournalEvent.RevertDone)]
    [InlineData(false, 0, JournalEvent.StepStarted, JournalEvent.RollbackStarted, JournalEvent.RollbackDone)]
    [InlineData(false, 2, JournalEvent.StepStarted, JournalEvent.StepFailed)]
    [InlineData(false, 0)]
    public async Task A_run_that_changed_something_and_neither_finished_nor_was_taken_back_leaves_its_locks(bool leaves, int step, params JournalEvent[] events)
    {
        var platform = new LockingPlatform();
        Directory.CreateDirectory(_folder.File("shared"));
        var run = new RunDirectory("run", Directory.CreateDirectory(_folder.File("run")).FullName);
        using (var journal = Journal.Open(run.File(RunFiles.Journal), new FakeTimeProvider()))
        {
            journal.Append(JournalEvent.RunStarted);
            foreach (var happened in events)
            {
                journal.Append(happened, Document.Steps[step].Id);
            }
        }

        await (await TakeAsync(Holder("run") with { RunDirectory = run.Path }, platform, shared: "shared")).DisposeAsync();

        Assert.Equal(leaves ? 2 : 0, Held("state/locks").Count());
        Assert.Equal(leaves ? 2 : 0, Directory.EnumerateFiles(_folder.File("shared")).Count());
        Assert.Equal(leaves ? 2 : 0, platform.Holders.Count);
    }

    // What the broken run stopped is still stopped, and only its lock knows it.
    [Theory]
    [InlineData("test/extracting", "left")]
    [InlineData("test/undoable")]
    public async Task A_run_that_only_reads_puts_back_the_locks_that_it_has_broken(string step, params string[] afterwards)
    {
        var left = Holder("left") with { ProcessStarted = DateTimeOffset.UnixEpoch, Pipelines = ["edges"] };
        var platform = new LockingPlatform { Holders = { ["source"] = left } };
        LockFile.Take(_folder.File("state/locks"), SamplePlan.SourceId, left, new LockPolicy(left, mayBreak: false, _told.Add)).Leave();
        var document = SamplePlan.Read(new ScriptedSteps((_, _) => { }).Catalogue, $"steps: [{{ id: one, uses: {step} }}]");

        await using (await TakeAsync(Holder("next"), platform, breaks: true, document: document))
        {
            Assert.Equal("next", platform.Holders["source"].Run);
            Assert.Equal("next", LockFile.Find(_folder.File("state/locks"), SamplePlan.SourceId)!.Run);
        }

        LockHolder?[] found = [platform.Holders.GetValueOrDefault("source"), LockFile.Find(_folder.File("state/locks"), SamplePlan.SourceId)];
        Assert.All(found, holder => Assert.Equal(afterwards, holder is null ? [] : new[] { holder.Run }));
        Assert.All(found.OfType<LockHolder>(), holder => Assert.Equal(["edges"], holder.Pipelines.AsEnumerable()));
        Assert.Empty(Held("state/locks").Except([SamplePlan.SourceId]));
    }

    [Fact]
    public async Task The_locks_on_this_machine_show_the_step_that_begins()
    {
        Directory.CreateDirectory(_folder.File("shared"));
        await using var held = await TakeAsync(Holder("first"), shared: "shared");

        await held.BeginStepAsync("extract", new DateTimeOffset(2026, 3, 1, 10, 15, 0, TimeSpan.Zero), CancellationToken.None);

        var found = new UnfinishedRuns(new StateDirectory(_folder.File("other-state")), new LockOptions { SharedDirectory = _folder.File("shared") }, tell: null);
        var described = Assert.Single(found.DescribeLocks(SamplePlan.SourceId));
        Assert.StartsWith("run first, process ", described, StringComparison.Ordinal);
        Assert.EndsWith(", in step extract (since 10:15:00 UTC)", described, StringComparison.Ordinal);
        Assert.Empty(found.DescribeLocks("another-cluster"));
    }

    [Fact]
    public async Task A_plan_is_told_or_refused_what_another_run_left_and_which_pipelines_it_stopped()
    {
        var left = Holder("left") with { ProcessStarted = DateTimeOffset.UnixEpoch, Pipelines = ["edges", "gone"] };
        var platform = new LockingPlatform { Holders = { ["source"] = left } };
        await using var plan = SamplePlan.Of(Document, platform);
        var state = new StateDirectory(_folder.File("state"));
        var source = WithStopped("edges", "stopped by its user");

        var telling = new UnfinishedRuns(state, new LockOptions(), _told.Add);
        await telling.LookAsync(plan.Clusters.Source, CancellationToken.None);
        var breaking = new UnfinishedRuns(state, new LockOptions { BreaksLeft = true }, tell: null);
        await breaking.LookAsync(plan.Clusters.Source, CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<ClusterLockedException>(
            () => new UnfinishedRuns(state, new LockOptions(), tell: null).LookAsync(plan.Clusters.Source, CancellationToken.None));

        Assert.Equal(["edges"], telling.FindStopped(source).AsEnumerable());
        Assert.Equal(["edges"], breaking.FindStopped(source).AsEnumerable());
        Assert.Equal($"{refusal.Message}. {refusal.Remedy}", Assert.Single(_told));
    }

    [Fact]
    public async Task What_a_run_left_on_this_machine_is_found_in_both_directories()
    {
        Directory.CreateDirectory(_folder.File("shared"));
        var left = Holder("left") with { ProcessStarted = DateTimeOffset.UnixEpoch, Pipelines = ["edges"] };
        LockFile.Take(_folder.File("state/locks"), "id", left, new LockPolicy(left, mayBreak: false, _told.Add)).Leave();
        await using var other = await TakeAsync(Holder("other"), shared: "shared");
        var source = WithStopped("edges");

        var runs = new UnfinishedRuns(new StateDirectory(_folder.File("state")), new LockOptions { SharedDirectory = _folder.File("shared") }, _told.Add);

        Assert.Equal(["edges"], runs.FindStopped(source with { ClusterId = "id" }).AsEnumerable());
        Assert.Equal(["edges"], runs.FindStopped(source with { ClusterId = SamplePlan.SourceId }).AsEnumerable());
        Assert.Contains("did not end", _told[0], StringComparison.Ordinal);
        Assert.Contains("is working on this cluster", _told[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_released_gives_a_message_and_does_not_hide_the_result_of_the_run()
    {
        var platform = new LockingPlatform { CannotGiveBack = true };

        await (await TakeAsync(Holder("first"), platform)).DisposeAsync();

        Assert.Contains("PachUp could not release the lock in the source cluster: the API server is away.", _told);
    }

    private static ClusterInventory WithStopped(params string[] pipelines)
    {
        var running = Clusters.Of().Running(pipelines.Select(name => Clusters.Pipeline(name)));
        return running with { Pipelines = [.. running.Pipelines.Select(pipeline => pipeline with { Stopped = true })] };
    }

    private static LockHolder Holder(string run) => LockHolderProcess.Current(new RunDirectory(run, $"/runs/{run}"), new FakeTimeProvider(), new LockOptions());

    private async Task<ClusterLocks> TakeAsync(
        LockHolder holder, IPlatform? platform = null, bool inPlace = false, string state = "state", string? shared = null, bool breaks = false, PlanDocument? document = null)
    {
        await using var plan = SamplePlan.Of(document ?? Document, platform, inPlace);
        var options = new LockOptions { SharedDirectory = shared is null ? null : _folder.File(shared), BreaksLeft = breaks };
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

        public bool CannotUpdate { get; init; }

        public bool? Runs { get; init; }

        public Task<bool?> IsRunningAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken) => Task.FromResult(Runs);

        public Task<LockHolder?> UpdateLockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken)
        {
            if (CannotUpdate)
            {
                throw new StepFailedException("the API server is away", "Wait.");
            }

            if (Holders[cluster.Name] != holder)
            {
                return Task.FromResult<LockHolder?>(Holders[cluster.Name]);
            }

            Holders[cluster.Name] = holder;
            return Task.FromResult<LockHolder?>(null);
        }

        public Task<LockHolder?> TryLockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken)
        {
            Asked.Add($"{cluster.Name}: {holder.Run} takes");
            return Task.FromResult(Holders.TryAdd(cluster.Name, holder) ? null : Holders[cluster.Name]);
        }

        public Task<LockHolder?> FindLockAsync(ICluster cluster, CancellationToken cancellationToken) => Task.FromResult(Holders.GetValueOrDefault(cluster.Name));

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
