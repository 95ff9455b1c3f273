using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Sdk;

namespace PachUp.Cli;

/// <summary>The exit codes of the process. Scripts rely on these numbers: they never change.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The command failed.</summary>
    public const int Failed = 1;

    /// <summary>Used wrongly: a bad plan, bad arguments.</summary>
    public const int UsedWrongly = 2;

    /// <summary>A check refused; nothing was done.</summary>
    public const int Refused = 3;

    /// <summary>Verification found a loss, or something was written to the source after the extract.</summary>
    public const int LossFound = 4;

    /// <summary>With <c>--detailed-exitcode</c>: there are changes to make, and no warnings that are not accepted.</summary>
    public const int Changes = 5;

    /// <summary>With <c>--detailed-exitcode</c>: there are changes to make, and warnings that are not accepted.</summary>
    public const int ChangesWithWarnings = 6;

    /// <summary>Done, nothing is lost; but the target has content that did not come from the source.</summary>
    public const int ForeignContent = 7;

    /// <summary>Done, but the answer could not be written completely to standard output.</summary>
    public const int AnswerIncomplete = 8;

    /// <summary>The user stopped the command.</summary>
    public const int Interrupted = 130;

    /// <summary>The detailed code for a plan that is not refused.</summary>
    public static int Of(PlanPreview plan) =>
        plan.Findings.Any(finding => finding is { Accepted: false, Result.Outcome: CheckOutcome.Warning }) ? ChangesWithWarnings : Changes;

    /// <summary>The exit code for the result of a run.</summary>
    public static int Of(RunResult result) => result is { Outcome: RunOutcome.Done, Foreign: not [] } ? ForeignContent : Of(result.Outcome);

    /// <summary>The exit code for the outcome of a run.</summary>
    public static int Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Done => Done,
        RunOutcome.Refused => Refused,
        RunOutcome.LossFound or RunOutcome.LateWrites => LossFound,
        RunOutcome.Interrupted => Interrupted,
        _ => Failed,
    };

    /// <summary>The exit code for a failed step.</summary>
    public static int Of(FailureKind kind) => kind switch
    {
        FailureKind.Refused => Refused,
        FailureKind.LossFound or FailureKind.LateWrites => LossFound,
        _ => Failed,
    };
}
