using PachUp.Common.Files;
using PachUp.Engine.Yaml;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Engine.Steps.Failing;

/// <summary>Tells failures that can happen from bugs.</summary>
internal static class Failures
{
    /// <summary>The failure of a step for an exception that can happen; null for a bug, which nobody should catch.</summary>
    public static StepFailedException? Of(Exception exception) => exception switch
    {
        StepFailedException failure => failure,
        PachdException e when Etcd.SaysTooMany(e.Detail) => new StepFailedException(
            e.Message,
            $"Start the etcd of that cluster with {Etcd.RaisedLimit}: its own limit is {Etcd.DefaultTransactionLimit} operations in one transaction. "
                + "Nothing that was done is lost; then resume the run.",
            e),
        PachdException e => new StepFailedException(e.Message, "Nothing that was done is lost. Remove the cause, then resume the run.", e),
        InvalidPlanException e => new StepFailedException(e.Message, "Correct the plan and start again.", e),
        _ when OpenFiles.AreExhausted(exception) => new StepFailedException(exception.Message, $"{OpenFiles.Remedy}, then resume the run.", exception),
        IOException or UnauthorizedAccessException => new StepFailedException(
            exception.Message, "See to it that the disk has room and that its files can be written, then resume the run.", exception),
        FormatException e => new StepFailedException(e.Message, "A file of the run is damaged. Start again with a new plan.", e),
        _ => OfPlugin(exception),
    };

    /// <summary>A mistake in a plugin: named, so that its author hears of it. It can happen, because anybody writes plugins.</summary>
    private static StepFailedException? OfPlugin(Exception exception) => PluginTraces.Describe(exception) is { } mistake
        ? new StepFailedException(mistake, "Tell its author. The run can be resumed when the cause is gone, or rolled back.", exception)
        : null;
}
