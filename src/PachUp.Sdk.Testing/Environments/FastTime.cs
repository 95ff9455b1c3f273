namespace PachUp.Sdk.Testing.Environments;

/// <summary>
/// The clock of runs. It starts at the time that the clusters show, so that no cron tick seems to be overdue. It runs faster than real time, so that
/// tests do not wait long where a step pauses.
/// </summary>
internal sealed class FastTime : TimeProvider
{
    // Not more, because steps also set time limits: one of five minutes has to be long enough for a slow machine.
    private const int Speed = 10;

    private readonly long _began = System.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => System.TimestampFrequency / Speed;

    /// <inheritdoc/>
    public override long GetTimestamp() => System.GetTimestamp();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => FixedTime.Noon + GetElapsedTime(_began);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Real(dueTime), Real(period)));

    /// <summary>How long a time of this clock really takes. A negative time means never.</summary>
    private static TimeSpan Real(TimeSpan time) => time > TimeSpan.Zero ? time / Speed : time;

    private sealed class FastTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Real(dueTime), Real(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
