using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Sdk;

namespace PachUp.Cli;

/// <summary>What the process returns. Scripts rely on these numbers: they never change.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Something did not work.</summary>
    public const int Failed = 1;

    /// <summary>Used wrongly: a bad plan, bad arguments.</summary>
    public const int UsedWrongly = 2;

    /// <summary>A check refused; nothing was done.</summary>
    public const int Refused = 3;

    /// <summary>Verification found a loss.</summary>
    public const int LossFound = 4;

    /// <summary>With <c>--detailed-exitcode</c>: there are changes to make, and no warnings that are not accepted.</summary>
    public const int Changes = 5;

    /// <summary>With <c>--detailed-exitcode</c>: there are changes to make, and warnings that are not accepted.</summary>
    public const int ChangesWithWarnings = 6;

    /// <summary>Told to stop.</summary>
    public const int Interrupted = 130;

    /// <summary>The detailed code for a plan that is not refused.</summary>
    public static int Of(PlanPreview plan) =>
        plan.Findings.Any(finding => finding is { Accepted: false, Result.Outcome: CheckOutcome.Warning }) ? ChangesWithWarnings : Changes;

    /// <summary>The code for how a run ended.</summary>
    public static int Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Done => Done,
        RunOutcome.Refused => Refused,
        RunOutcome.LossFound => LossFound,
        RunOutcome.Interrupted => Interrupted,
        _ => Failed,
    };

    /// <summary>The code for a step that could not do its work.</summary>
    public static int Of(FailureKind kind) => kind switch
    {
        FailureKind.Refused => Refused,
        FailureKind.LossFound => LossFound,
        _ => Failed,
    };
}
