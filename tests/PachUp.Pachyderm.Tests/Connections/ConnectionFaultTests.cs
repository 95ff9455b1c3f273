using Microsoft.AspNetCore.Http;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Tests.Archives;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Connections;

/// <summary>Each way in which a connection fails, against a whole server: what passes is waited for, what does not ends with its reason.</summary>
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
    public async Task Connection_refused_at_the_first_contact_is_told_at_once()
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port);
        proxy.Refuse();

        var error = await ErrorOfAsync(proxy, client => client.GetReleaseAsync());

        Assert.Equal(PachdFailure.Unreachable, error.Failure);
        Assert.Empty(_outages);
    }

    [Fact]
    public async Task Server_restart_between_two_operations_is_waited_for()
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
    public async Task Reset_in_the_middle_of_a_message_of_a_listing_changes_nothing(long afterBytes)
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
    public async Task Reset_in_the_middle_of_an_extract_ends_it_with_the_reason()
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port, new Fault(FaultKind.Reset, 10_000));

        // What was sent and not yet read is gone with a reset; where that is everything, an extract could begin anew.
        var once = Quick(_ => { }) with { Retry = TimeSpan.Zero };
        var error = await ErrorOfAsync(proxy, async client => await client.ExtractAsync(includeObjects: true).ToListAsync(), once);

        Assert.Equal(PachdFailure.ConnectionLost, error.Failure);
        Assert.Contains("could not extract its state: the connection broke off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_sent_restore_is_never_sent_again()
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
    public async Task Stall_without_end_of_an_extract_is_noticed_by_the_time_without_progress()
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port, new Fault(FaultKind.Stall, 10_000));

        var error = await ErrorOfAsync(proxy, async client => await client.ExtractAsync(includeObjects: true).ToListAsync(), ImpatientOnce);

        Assert.Equal(PachdFailure.ConnectionLost, error.Failure);
        Assert.Contains("nothing came or went on the connection for 2 seconds", error.Message, StringComparison.Ordinal);
        Assert.Contains("--idle-timeout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stall_without_end_of_a_restore_is_noticed_by_the_time_without_progress()
    {
        await using var target = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7) });
        await using var proxy = FaultyProxy.Start(target.Address.Port, new Fault(FaultKind.Stall, 5_000) { Direction = Direction.FromClient });
        var operations = (await ArchiveSamples.ReadRecordedAsync("1.8.7-world-full")).ToAsyncEnumerable();

        var error = await ErrorOfAsync(proxy, client => client.RestoreAsync(operations), Impatient);

        Assert.Contains("could not restore a state: nothing came or went", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stall_of_one_connection_is_got_over_with_another()
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port, new Fault(FaultKind.Stall, 2_000));
        await using var client = ClientOf(proxy, patience: Impatient);
        await using var undisturbed = PachdClient.Create(_cluster.Address);

        var inventory = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);

        await proxy.Struck;
        Assert.True(InventoryDifference.Between(await InventoryReader.ReadAsync(undisturbed, InventoryOptions.MetadataOnly), inventory).IsEmpty);
    }

    [Fact]
    public async Task Slow_trickle_is_no_stall()
    {
        await using var proxy = FaultyProxy.Start(_cluster.Address.Port, new Fault(FaultKind.Trickle));
        await using var client = ClientOf(proxy);

        Assert.Equal(33, (await client.ListReposAsync()).Count);
        Assert.Empty(_outages);
    }

    [Fact]
    public async Task Server_that_answers_errors_for_a_while_is_waited_for()
    {
        var refusals = 0;
        await using var pachd = await FakePachd.StartAsync((method, _) => method == GetVersion ? Version
            : ++refusals <= 3 ? Reply.Error(2, "etcdserver: leader changed")
            : Reply.Of(new Wire.Pfs.ListRepoResponse()));
        await using var client = PachdClient.Create(pachd.Address with { Patience = Quick(_ => { }) });

        Assert.Empty(await client.ListReposAsync());

        Assert.Equal([1, 2, 3, 3], _outages.Select(outage => outage.Attempts));
        Assert.Contains("etcdserver: leader changed", _outages[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_that_answers_in_place_of_the_server_for_a_while_is_waited_for()
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
        await using var client = PachdClient.Create(pachd.Address with { Patience = Quick(_ => { }) });

        Assert.Equal(new Release(1, 8, 7), await client.GetReleaseAsync());
        Assert.Equal(3, _outages.Count);
    }

    [Fact]
    public async Task Server_that_answers_errors_for_ever_is_given_up_with_how_often_it_was_tried()
    {
        await using var pachd = await FakePachd.StartAsync((_, _) => Reply.Error(14, "not ready"));
        var clock = new FakeClock();
        var patience = Quick(_ => clock.Advance(TimeSpan.FromMinutes(1))) with { Time = clock };
        await using var client = PachdClient.Create(pachd.Address with { Patience = patience });

        var error = await Assert.ThrowsAsync<PachdException>(() => client.GetReleaseAsync());

        Assert.Equal(PachdFailure.Unavailable, error.Failure);
        Assert.EndsWith("It was tried 3 times within 2 minutes.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_that_does_not_pass_is_not_tried_again()
    {
        await using var pachd = await FakePachd.StartAsync((method, _) => method == GetVersion ? Version : Reply.Error(2, "repo not found"));
        await using var client = PachdClient.Create(pachd.Address with { Patience = Quick(_ => { }) });

        await Assert.ThrowsAsync<PachdException>(() => client.ListReposAsync());

        Assert.Empty(_outages);
    }

    [Fact]
    public async Task Check_of_the_metadata_that_crashes_the_server_is_not_asked_again()
    {
        await using var pachd = await FakePachd.StartAsync((method, _) => method == GetVersion ? Version : Reply.Error(14, "transport is closing"));
        await using var client = PachdClient.Create(pachd.Address with { Patience = Quick(_ => { }) });

        await Assert.ThrowsAsync<PachdException>(() => client.FsckAsync());

        Assert.Single(pachd.Calls, call => call.EndsWith("Fsck", StringComparison.Ordinal));
    }

    private PachdPatience Impatient => Quick(_ => { }) with { Idle = TimeSpan.FromSeconds(2) };

    private PachdPatience ImpatientOnce => Impatient with { Retry = TimeSpan.Zero };

    private PachdPatience Quick(Action<PachdOutage> onOutage) => new()
    {
        Pause = TimeSpan.FromMilliseconds(1),
        Outages = new Listener(outage =>
        {
            _outages.Add(outage);
            onOutage(outage);
        }),
    };

    private PachdClient ClientOf(FaultyProxy proxy, Action<PachdOutage>? onOutage = null, PachdPatience? patience = null) =>
        PachdClient.Create(proxy.Address with { Patience = patience ?? Quick(onOutage ?? (_ => { })) });

    private async Task<PachdException> ErrorOfAsync(FaultyProxy proxy, Func<PachdClient, Task> call, PachdPatience? patience = null)
    {
        await using var client = ClientOf(proxy, patience: patience);
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

    /// <summary>A clock that only moves when it is told to; its timers are those of the system.</summary>
    private sealed class FakeClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
