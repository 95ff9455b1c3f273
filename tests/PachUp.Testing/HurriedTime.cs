namespace PachUp.Testing;

/// <summary>A clock that nobody waits for: each timer goes off at once and moves the clock by the time that it was set for.</summary>
public sealed class HurriedTime : TimeProvider
{
    private readonly DateTimeOffset _start;
    private long _ticks;

    public HurriedTime(DateTimeOffset start) => _start = start;

    public HurriedTime()
        : this(Inventories.Noon)
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _start + TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            Interlocked.Add(ref _ticks, dueTime.Ticks);
        }

        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
