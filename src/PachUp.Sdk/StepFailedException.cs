using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>A step failed for an expected reason. This is not a bug, so no stack trace is shown.</summary>
public sealed class StepFailedException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">What happened, and to which thing.</param>
    /// <param name="remedy">What to do next.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public StepFailedException(string message, string remedy, Exception? innerException = null)
        : base(message, innerException) => Remedy = remedy;

    /// <summary>A refusal: the step did nothing, because it must not.</summary>
    /// <param name="message">What was found, and on which thing.</param>
    /// <param name="remedy">What to do next.</param>
    public static StepFailedException Refused(string message, string remedy) => new(message, remedy) { Kind = FailureKind.Refused };

    /// <summary>What to do next.</summary>
    public string Remedy { get; }

    /// <summary>More about it, line by line, such as the end of a log.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>The kind of failure, which decides the exit code.</summary>
    public FailureKind Kind { get; init; } = FailureKind.Failed;
}

/// <summary>The kinds of failure.</summary>
public enum FailureKind
{
    /// <summary>Something failed: exit code 1.</summary>
    Failed,

    /// <summary>A check refused, and nothing was done: exit code 3.</summary>
    Refused,

    /// <summary>Verification found a loss: exit code 4.</summary>
    LossFound,

    /// <summary>Something was written to the source after the extract, and the target does not have it: exit code 4.</summary>
    LateWrites,
}
