using Microsoft.AspNetCore.Http;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Tests.Archives;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Connections;

/// <summary>Faults of a connection to a full server. Calls wait for the end of a temporary fault, and fail with a reason otherwise.</summary>
public sealed class ConnectionFaultTests : IAsyncLifetime
{
    private const string GetVersion = "/versionpb.API/GetVersion";

    private static readonly Reply Version = Reply.Of(new Wire.Version.Version { Major = 1, Minor = 8, Micro = 7 });

    private readonly List<PachdOutage> _outages = [];
    private SandboxCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7) });
        await _cluster.FillAsync(Recordings.Archive("1.8.7-world-full"));
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_refused_first_connection_fails_immediately()
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port);
        proxy.Refuse();

        var error = await ErrorOfAsync(proxy, client => client.GetReleaseAsync());

        Assert.Equal(PachdFailure.Unreachable, error.Failure);
        Assert.Empty(_outages);
    }

    [Fact]
    public async Task A_call_waits_for_a_restart_of_the_server()
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port);
        await using var client = ClientOf(proxy, outage => RestartWhenDown(outage, proxy));
        await client.ListReposAsync();
        proxy.Refuse();

        var repos = await client.ListReposAsync();

        Assert.Equal(33, repos.Count);
        Assert.Equal([false, true], _outages.Select(outage => outage.IsOver).Distinct());
    }

    [Theory]
    [InlineData(300)]
    [InlineData(2_000)]
    [InlineData(9_000)]
    [InlineData(20_000)]
    public async Task A_connection_reset_in_a_listing_does_not_change_the_result(long afterBytes)
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port, new Fault(FaultKind.Reset, afterBytes));
        await using var client = ClientOf(proxy);
        await using var undisturbed = PachdClient.Create(_cluster.Address);

        var inventory = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);

        await proxy.Struck;
        Assert.True(InventoryDifference.Between(await InventoryReader.ReadAsync(undisturbed, InventoryOptions.MetadataOnly), inventory).IsEmpty);
        Assert.True(_outages[^1].IsOver);
    }

    [Fact]
    public async Task A_connection_reset_in_an_extract_ends_it_with_a_reason()
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port, new Fault(FaultKind.Reset, 10_000));

        // A reset loses data that was sent but not read. If all data is lost, the extract can restart.
        var once = Quick(_ => { }) with { Retry = TimeSpan.Zero };
        var error = await ErrorOfAsync(proxy, async client => await client.ExtractAsync(includeObjects: true).ToListAsync(), once);

        Assert.Equal(PachdFailure.ConnectionLost, error.Failure);
        Assert.Contains("could not extract its state: the connection was lost", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partly_sent_restore_is_not_repeated()
    {
        await using var target = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7) });
        await using var proxy = FaultyProxy.Start(target.Address.Port, new Fault(FaultKind.Reset, 5_000) { Direction = Direction.FromClient });
        var operations = (await ArchiveSamples.ReadRecordedAsync("1.8.7-world-full")).ToAsyncEnumerable();

        var error = await ErrorOfAsync(proxy, client => client.RestoreAsync(operations));

        Assert.Equal(PachdFailure.ConnectionLost, error.Failure);
        Assert.InRange(target.WriteCalls, 0, 1);
        Assert.Empty(_outages);
    }

    [Fact]
    public async Task A_stalled_extract_fails_after_the_idle_timeout()
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port, new Fault(FaultKind.Stall, 10_000));

        var error = await ErrorOfAsync(proxy, async client => await client.ExtractAsync(includeObjects: true).ToListAsync(), ShortTimeoutsWithoutRetry);

        Assert.Equal(PachdFailure.ConnectionLost, error.Failure);
        Assert.Contains("the call made no progress for 2 seconds", error.Message, StringComparison.Ordinal);
        Assert.Contains("--idle-timeout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stalled_restore_fails_after_the_idle_timeout()
    {
        await using var target = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7) });
        await using var proxy = FaultyProxy.Start(target.Address.Port, new Fault(FaultKind.Stall, 5_000) { Direction = Direction.FromClient });
        var operations = (await ArchiveSamples.ReadRecordedAsync("1.8.7-world-full")).ToAsyncEnumerable();

        var error = await ErrorOfAsync(proxy, client => client.RestoreAsync(operations), ShortTimeouts);

        Assert.Contains("could not restore a state: the call made no progress", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stalled_connection_is_replaced()
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port, new Fault(FaultKind.Stall, 2_000));
        await using var client = ClientOf(proxy, timeouts: ShortTimeouts);
        await using var undisturbed = PachdClient.Create(_cluster.Address);

        var inventory = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);

        await proxy.Struck;
        Assert.True(InventoryDifference.Between(await InventoryReader.ReadAsync(undisturbed, InventoryOptions.MetadataOnly), inventory).IsEmpty);
    }

    [Fact]
    public async Task A_slow_transfer_is_not_a_stall()
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port, new Fault(FaultKind.Trickle));
        await using var client = ClientOf(proxy);

        Assert.Equal(33, (await client.ListReposAsync()).Count);
        Assert.Empty(_outages);
    }

    [Fact]
    public async Task A_call_waits_while_a_server_temporarily_answers_with_errors()
    {
        var refusals = 0;
        await using var pachd = await FakePachd.StartAsync((method, _) => method == GetVersion ? Version
            : ++refusals <= 3 ? Reply.Error(2, "etcdserver: leader changed")
            : Reply.Of(new Wire.Pfs.ListRepoResponse()));
        await using var client = PachdClient.Create(pachd.Address with { Timeouts = Quick(_ => { }) });

        Assert.Empty(await client.ListReposAsync());

        Assert.Equal([1, 2, 3, 3], _outages.Select(outage => outage.Attempts));
        Assert.Contains("etcdserver: leader changed", _outages[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_waits_while_a_gateway_temporarily_answers()
    {
        var refusals = 0;
        await using var pachd = await FakePachd.StartAsync(async context =>
        {
            if (++refusals <= 2)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            await FakePachd.WriteAsync(context, Version);
        });
        await using var client = PachdClient.Create(pachd.Address with { Timeouts = Quick(_ => { }) });

        Assert.Equal(new Release(1, 8, 7), await client.GetReleaseAsync());
        Assert.Equal(3, _outages.Count);
    }

    [Fact]
    public async Task A_call_to_a_server_that_always_answers_with_errors_fails_with_the_number_of_attempts()
    {
        await using var pachd = await FakePachd.StartAsync((_, _) => Reply.Error(14, "not ready"));
        var clock = new FakeClock();
        var timeouts = Quick(_ => clock.Advance(TimeSpan.FromMinutes(1))) with { Time = clock };
        await using var client = PachdClient.Create(pachd.Address with { Timeouts = timeouts });

        var error = await Assert.ThrowsAsync<PachdException>(() => client.GetReleaseAsync());

        Assert.Equal(PachdFailure.Unavailable, error.Failure);
        Assert.EndsWith("PachUp tried 3 times within 2 minutes.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_with_a_permanent_error_is_not_repeated()
    {
        await using var pachd = await FakePachd.StartAsync((method, _) => method == GetVersion ? Version : Reply.Error(2, "repo not found"));
        await using var client = PachdClient.Create(pachd.Address with { Timeouts = Quick(_ => { }) });

        await Assert.ThrowsAsync<PachdException>(() => client.ListReposAsync());

        Assert.Empty(_outages);
    }

    [Fact]
    public async Task An_fsck_that_crashes_the_server_is_not_repeated()
    {
        await using var pachd = await FakePachd.StartAsync((method, _) => method == GetVersion ? Version : Reply.Error(14, "transport is closing"));
        await using var client = PachdClient.Create(pachd.Address with { Timeouts = Quick(_ => { }) });

        await Assert.ThrowsAsync<PachdException>(() => client.FsckAsync());

        Assert.Single(pachd.Calls, call => call.EndsWith("Fsck", StringComparison.Ordinal));
    }

    private PachdTimeouts ShortTimeouts => Quick(_ => { }) with { Idle = TimeSpan.FromSeconds(2), Call = TimeSpan.FromSeconds(2) };

    private PachdTimeouts ShortTimeoutsWithoutRetry => ShortTimeouts with { Retry = TimeSpan.Zero };

    private PachdTimeouts Quick(Action<PachdOutage> onOutage) => new()
    {
        Pause = TimeSpan.FromMilliseconds(1),
        Outages = new Listener(outage =>
        {
            _outages.Add(outage);
            onOutage(outage);
        }),
    };

    private PachdClient ClientOf(FaultyProxy proxy, Action<PachdOutage>? onOutage = null, PachdTimeouts? timeouts = null) =>
        PachdClient.Create(proxy.Address with { Timeouts = timeouts ?? Quick(onOutage ?? (_ => { })) });

    private async Task<PachdException> ErrorOfAsync(FaultyProxy proxy, Func<PachdClient, Task> call, PachdTimeouts? timeouts = null)
    {
        await using var client = ClientOf(proxy, timeouts: timeouts);
        return await Assert.ThrowsAsync<PachdException>(() => call(client));
    }

    private static void RestartWhenDown(PachdOutage outage, FaultyProxy proxy)
    {
        if (outage is { IsOver: false, Attempts: 3 })
        {
            proxy.Restart();
        }
    }

    private sealed class Listener(Action<PachdOutage> listen) : IProgress<PachdOutage>
    {
        public void Report(PachdOutage value) => listen(value);
    }

    /// <summary>A clock that the test sets. Its timers are those of the system.</summary>
    private sealed class FakeClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
