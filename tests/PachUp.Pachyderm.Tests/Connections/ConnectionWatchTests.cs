using Microsoft.Extensions.Time.Testing;
using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Tests.Connections;

public sealed class ConnectionWatchTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AlmostLimit = TimeSpan.FromMinutes(4.9);

    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource<string> _answer = new();

    [Fact]
    public async Task A_call_with_occasional_traffic_may_take_any_time()
    {
        var watch = new ConnectionWatch(_time);
        using var connection = watch.Watch(new MemoryStream(new byte[100]));
        var waiting = watch.WaitAsync(_answer.Task, Limit);

        for (var i = 0; i < 100; i++)
        {
            _time.Advance(AlmostLimit);
            connection.ReadByte();
        }

        Assert.False(waiting.IsCompleted);
        _answer.SetResult("at last");
        Assert.Equal("at last", await waiting);
    }

    [Fact]
    public async Task A_stalled_call_fails_and_its_connection_is_closed()
    {
        var watch = new ConnectionWatch(_time);
        var socket = new MemoryStream();
        using var connection = watch.Watch(socket);
        var waiting = watch.WaitAsync(_answer.Task, Limit);

        _time.Advance(Limit);

        Assert.Equal(Limit, (await Assert.ThrowsAsync<StalledException>(() => waiting)).Limit);
        Assert.False(socket.CanRead);
    }

    [Fact]
    public async Task Time_before_the_wait_does_not_count()
    {
        var watch = new ConnectionWatch(_time);
        _time.Advance(2 * Limit);
        var waiting = watch.WaitAsync(_answer.Task, Limit);

        _time.Advance(AlmostLimit);
        _answer.SetResult("in time");

        Assert.Equal("in time", await waiting);
    }

    [Fact]
    public void A_connection_with_recent_traffic_is_kept()
    {
        var watch = new ConnectionWatch(_time);
        var socket = new MemoryStream(new byte[1]);
        using var connection = watch.Watch(socket);
        _time.Advance(Limit);
        connection.ReadByte();

        watch.BreakIfStill(Limit);

        Assert.True(socket.CanRead);
    }
}
