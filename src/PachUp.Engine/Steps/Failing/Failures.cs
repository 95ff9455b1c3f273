using PachUp.Common.Files;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Engine.Steps.Failing;

/// <summary>Separates expected failures from defects of PachUp.</summary>
internal static class Failures
{
    /// <summary>The failure of a step for an expected exception; null for a defect of PachUp, which must not be caught.</summary>
    public static StepFailedException? Of(Exception exception) => exception switch
    {
        StepFailedException failure => failure,
        PachdException e when Etcd.IsTransactionTooLarge(e.Detail) => new StepFailedException(
            e.Message,
            $"Start the etcd of that cluster with {Etcd.RaisedLimit}, because its default limit is {Etcd.DefaultTransactionLimit} operations per transaction. "
            + "Then resume the run. Completed work is not lost.",
            e),
        PachdException e => new StepFailedException(e.Message, "Fix the cause, then resume the run. Completed work is not lost.", e),
        InvalidPlanException e => new StepFailedException(e.Message, "Correct the plan, then start again.", e),
        _ when OpenFiles.AreExhausted(exception) => new StepFailedException(exception.Message, $"{OpenFiles.Remedy}, then resume the run.", exception),
        IOException or UnauthorizedAccessException => new StepFailedException(
            exception.Message, "Check that the disk has free space and that its files are writable, then resume the run.", exception),
        FormatException e => new StepFailedException(e.Message, "A file of the run is damaged. Make a new plan and start again.", e),
        _ => OfPlugin(exception),
    };

    /// <summary>A failure that could not be recorded either. The failure comes first: what happened to the record must not hide it.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="unrecorded">Why it could not be recorded; null if it was.</param>
    public static StepFailedException NotRecorded(StepFailedException failure, IOException? unrecorded) =>
        unrecorded is null || failure.Message.Contains(unrecorded.Message, StringComparison.Ordinal)
            ? failure
            : new StepFailedException($"{failure.Message}. This is not in the journal of the run, because {unrecorded.Message}", failure.Remedy, failure) { Kind = failure.Kind, Details = failure.Details };

    /// <summary>The failure for a defect in a plugin. It names the plugin, so that the user can report it to its author.</summary>
    private static StepFailedException? OfPlugin(Exception exception) => PluginTraces.Describe(exception) is { } mistake
        ? new StepFailedException(mistake, "Report this to the author of the plugin. Resume the run with a fixed version of the plugin, or roll it back.", exception)
        : null;
}
