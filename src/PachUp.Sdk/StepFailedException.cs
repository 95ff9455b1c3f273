namespace PachUp.Sdk;

/// <summary>A step could not do its work, for a reason that can happen: not a bug, so no stack trace is shown.</summary>
public sealed class StepFailedException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">What happened, and to which thing.</param>
    /// <param name="remedy">What to do next.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public StepFailedException(string message, string remedy, Exception? innerException = null)
        : base(message, innerException) => Remedy = remedy;

    /// <summary>A refusal: nothing was done, because it must not be.</summary>
    /// <param name="message">What was found, and on which thing.</param>
    /// <param name="remedy">What to do next.</param>
    public static StepFailedException Refused(string message, string remedy) => new(message, remedy) { Kind = FailureKind.Refused };

    /// <summary>What to do next.</summary>
    public string Remedy { get; }

    /// <summary>What kind of failure it is, for the exit code.</summary>
    public FailureKind Kind { get; init; } = FailureKind.Failed;
}

/// <summary>Kinds of failure that a caller can tell apart.</summary>
public enum FailureKind
{
    /// <summary>Something did not work: exit code 1.</summary>
    Failed,

    /// <summary>A check said no, and nothing was done: exit code 3.</summary>
    Refused,

    /// <summary>Verification found a loss: exit code 4.</summary>
    LossFound,
}
