using PachUp.Cli.Events;

namespace PachUp.Cli.Terminals;

/// <summary><c>--output jsonl</c>: one JSON object per line.</summary>
/// <param name="page">Where the lines go.</param>
internal sealed class JsonLinesSink(Page page) : IEventSink
{
    public void Take(ToolEvent happened) => page.Json(JsonAnswer.SerializeLine(happened));
}
