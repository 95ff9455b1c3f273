using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Tests.Connections;

public sealed class CallWatchTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AlmostLimit = TimeSpan.FromMinutes(4);

    private readonly CountingTime _time = new();
    private readonly TaskCompletionSource<string> _message = new();
    private readonly Socket _connection = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CallWatch _watch;

    public CallWatchTests()
    {
        _watch = new CallWatch(_time);
        _watch.Add(_connection);
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public async Task Each_message_has_the_whole_limit()
    {
        for (var i = 0; i < 3; i++)
        {
            var message = new TaskCompletionSource<int>();
            var waiting = _watch.WaitAsync(message.Task, Limit);
            await PassAsync(AlmostLimit, waiting);
            message.SetResult(i);

            Assert.Equal(i, await waiting);
        }
    }

    [Fact]
    public async Task A_call_without_a_message_fails_and_its_connection_is_closed()
    {
        var waiting = _watch.WaitAsync(_message.Task, Limit);

        await PassAsync(Limit, waiting);

        await Assert.ThrowsAsync<StalledException>(() => waiting);
        Assert.True(_connection.SafeHandle.IsClosed);
    }

    [Fact]
    public async Task A_connection_on_which_another_call_gets_messages_is_kept()
    {
        var waiting = _watch.WaitAsync(_message.Task, Limit);
        await PassAsync(AlmostLimit, waiting);
        await _watch.WaitAsync(Task.FromResult("of another call"), Limit);

        await PassAsync(Limit, waiting);

        await Assert.ThrowsAsync<StalledException>(() => waiting);
        Assert.False(_connection.SafeHandle.IsClosed);
    }

    [Fact]
    public async Task The_time_in_which_the_process_was_stopped_does_not_count()
    {
        var waiting = _watch.WaitAsync(_message.Task, Limit);

        _time.Advance(100 * Limit);
        await PassAsync(AlmostLimit, waiting);
        _message.SetResult("arrived while the process was stopped");

        Assert.Equal("arrived while the process was stopped", await waiting);
    }

    /// <summary>Lets the time pass in small steps, as it does for a process that runs.</summary>
    private async Task PassAsync(TimeSpan time, Task waiting)
    {
        for (var passed = TimeSpan.Zero; passed < time && !waiting.IsCompleted; passed += Limit / CallWatch.Parts)
        {
            var timers = _time.Timers;
            _time.Advance(Limit / CallWatch.Parts);
            while (_time.Timers == timers && !waiting.IsCompleted)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>A clock that the test sets. It counts the timers, so that the test knows when the wait goes on.</summary>
    private sealed class CountingTime : FakeTimeProvider
    {
        private volatile int _timers;

        public int Timers => _timers;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _timers);
            return timer;
        }
    }
}
