using System.Collections.Immutable;

namespace PachUp.Model;

/// <summary>Something that went wrong, as it is told to people and to scripts.</summary>
/// <param name="ExitCode">What the process returns.</param>
/// <param name="Message">What happened, and to which thing.</param>
/// <param name="Remedy">What to do next; empty where the message says it.</param>
internal sealed record Problem(int ExitCode, string Message, string Remedy = "")
{
    /// <summary>More about it, line by line.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>Where in the code it happened; only for a bug of ours.</summary>
    public string? Trace { get; init; }
}
