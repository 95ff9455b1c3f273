using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Common.Files;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.Steps.Failing;
using PachUp.Engine.Yaml;
using PachUp.Model;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Packages.Feeds;
using PachUp.Sandbox;
using PachUp.Sandbox.Server.Data;
using PachUp.Sdk;
using PachUp.Verification.Comparing;

namespace PachUp.Hosting;

/// <summary>Distinguishes three kinds of errors: incorrect use, an expected failure, and an internal error.</summary>
internal static class Problems
{
    private const string FileRemedy =
        "Check the path, its permissions and the free disk space. --state-dir selects another directory for runs.";

    /// <summary>What an exception means.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="interrupted">Whether the user asked to stop.</param>
    public static Problem Of(Exception exception, bool interrupted) =>
        Interruption(exception, interrupted) ?? UsedWrongly(exception) ?? FailedAsCanHappen(exception) ?? OfPlugin(exception) ?? Bug(exception);

    private static Problem? Interruption(Exception exception, bool interrupted) =>
        interrupted && exception is OperationCanceledException ? new Problem(ExitCode.Interrupted, "interrupted") : null;

    private static Problem? UsedWrongly(Exception exception) => exception switch
    {
        UsageException usage => new Problem(ExitCode.UsedWrongly, usage.Message, usage.Remedy),
        CommandParsingException parsing => new Problem(
            ExitCode.UsedWrongly, parsing.Message, $"\"{HelpText.NameOf(parsing.Command)} --help\" shows how it is used."),
        WrongPlaceException place => new Problem(ExitCode.UsedWrongly, place.Message, place.Remedy),
        PackageNotFoundException package => new Problem(ExitCode.UsedWrongly, package.Message, package.Remedy),
        PlanNotFoundException => new Problem(ExitCode.UsedWrongly, exception.Message),
        DataDirectoryException { IsWrongChoice: true } data => new Problem(ExitCode.UsedWrongly, data.Message, data.Remedy),
        RunNotResumableException => new Problem(ExitCode.UsedWrongly, exception.Message, "\"pachup runs list\" shows the runs."),
        InvalidPlanException plan => new Problem(
            ExitCode.UsedWrongly,
            plan.Mistakes.All(mistake => mistake.Where.StartsWith('-')) ? "the options do not fit the plan" : "the plan is not valid",
            "Correct these mistakes. Nothing was changed.")
        {
            Details = [.. plan.Mistakes.Select(mistake => mistake.ToString())],
        },
        _ => null,
    };

    private static Problem? FailedAsCanHappen(Exception exception) => exception switch
    {
        StepFailedException step => new Problem(ExitCode.Of(step.Kind), step.Message, step.Remedy) { Details = step.Details },
        PluginException plugin => new Problem(ExitCode.Refused, plugin.Message, plugin.Remedy),
        FeedException feed => new Problem(ExitCode.Failed, feed.Message, feed.Remedy),
        DataDirectoryException data => new Problem(ExitCode.Failed, data.Message, data.Remedy),
        RunChangedException changed => new Problem(
            ExitCode.Refused,
            changed.Message,
            "Restore what the run started with, or undo the run with \"pachup rollback\" and start a new one.")
        {
            Details = [.. changed.Differences.SelectMany(Describe)],
        },
        PlanChangedException changed => new Problem(ExitCode.Refused, changed.Message, changed.Remedy)
        {
            Details = [.. changed.Differences.Select(difference => $"{difference.What}: was {difference.Before}, is {difference.Now}")],
        },
        LockPlaceException place => new Problem(ExitCode.Refused, place.Message, place.Remedy),
        ClusterLockedException locked => new Problem(locked.IsLeft ? ExitCode.Refused : ExitCode.Failed, locked.Message, locked.Remedy),
        PachdException or AddressException or ArchiveCorruptException or SandboxException or FormatException =>
            new Problem(ExitCode.Failed, exception.Message),
        _ when OpenFiles.AreExhausted(exception) => new Problem(ExitCode.Failed, exception.Message, $"{OpenFiles.Remedy}, and run the command again."),
        IOException or UnauthorizedAccessException => new Problem(ExitCode.Failed, exception.Message, FileRemedy),
        _ => null,
    };

    private static Problem? OfPlugin(Exception exception) => PluginTraces.Describe(exception) is { } mistake
        ? new Problem(ExitCode.Failed, mistake, "Report this to its author. \"pachup plugin list\" shows where the plugin is.")
        : null;

    private static IEnumerable<string> Describe(RunDifference difference) =>
        [$"{difference.What}: was {difference.Then}, is {difference.Now}", .. difference.Details.Select(detail => $"  {detail}")];

    private static Problem Bug(Exception exception) => new(
        ExitCode.Failed,
        "internal error in PachUp",
        $"Please report it with the lines below (PachUp {ToolVersion.Text}). "
        + "The journal of the run says what was done so far; \"pachup status\" shows the last runs.")
    {
        Trace = exception.ToString(),
    };
}
