namespace PachUp.Cli.Events;

/// <summary>Shows or keeps events.</summary>
internal interface IEventSink
{
    /// <summary>Takes the next event. Events come one after the other.</summary>
    void Take(ToolEvent happened);
}

/// <summary>The one stream of events of a command. Each event goes to every sink.</summary>
/// <param name="time">The clock.</param>
internal sealed class EventStream(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<IEventSink> _sinks = [];

    /// <summary>The clock of the events.</summary>
    public TimeProvider Time { get; } = time;


    /// <summary>Sends an event to every sink.</summary>
    public void Publish(ToolEvent happened)
    {
        lock (_lock)
        {
            var stamped = happened with { Time = Time.GetUtcNow() };
            foreach (var sink in _sinks)
            {
                sink.Take(stamped);
            }
        }
    }

    /// <summary>Adds a sink, until the result is disposed.</summary>
    public IDisposable Attach(IEventSink sink)
    {
        lock (_lock)
        {
            _sinks.Add(sink);
        }

        return new Attachment(this, sink);
    }

    private void Detach(IEventSink sink)
    {
        lock (_lock)
        {
            _sinks.Remove(sink);
        }
    }

    private sealed class Attachment(EventStream stream, IEventSink sink) : IDisposable
    {
        public void Dispose()
        {
            stream.Detach(sink);
            (sink as IDisposable)?.Dispose();
        }
    }
}
