using System.Collections.Immutable;

namespace PachUp.Model;

/// <summary>An error, as people and scripts see it.</summary>
/// <param name="ExitCode">The exit code of the process.</param>
/// <param name="Message">What happened, and to which thing.</param>
/// <param name="Remedy">What to do next; empty if the message says it.</param>
internal sealed record Problem(int ExitCode, string Message, string Remedy = "")
{
    /// <summary>More about it, line by line.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>The stack trace; only for an internal error.</summary>
    public string? Trace { get; init; }
}
