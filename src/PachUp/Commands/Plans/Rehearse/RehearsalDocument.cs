using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Rehearsals;
using PachUp.Engine.Runs;
using PachUp.Sdk;
using PachUp.Verification.Comparing;
using PachUp.Views;

namespace PachUp.Commands.Plans.Rehearse;

/// <summary>The answer of <c>rehearse</c>.</summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="Outcome">The result.</param>
/// <param name="Source">The cluster that supplied the metadata.</param>
/// <param name="Target">The target of the rehearsal.</param>
/// <param name="Findings">The results of the checks.</param>
/// <param name="Changes">Everything that will be different on the target.</param>
/// <param name="Steps">Every step.</param>
/// <param name="Failure">What stopped it.</param>
/// <param name="TargetRefusal">The item that the target refused.</param>
/// <param name="Arrived">The line about what arrived.</param>
/// <param name="Verification">What verification found.</param>
/// <param name="Estimate">The estimate for the real run.</param>
/// <param name="NotRehearsed">What was not rehearsed.</param>
/// <param name="KeptPath">The directory of the rehearsal; null if it was not kept.</param>
internal sealed record RehearsalDocument(
    string Plan,
    RunOutcome Outcome,
    RehearsedSource Source,
    RehearsedTarget Target,
    ImmutableArray<Finding> Findings,
    ImmutableArray<AnnouncedChange> Changes,
    ImmutableArray<StepDocument> Steps,
    FailureDocument? Failure,
    TargetRefusal? TargetRefusal,
    string? Arrived,
    VerificationReport? Verification,
    EstimateDocument? Estimate,
    ImmutableArray<string> NotRehearsed,
    string? KeptPath)
{
    public static RehearsalDocument Of(RehearsalReport report, string? keptPath) => new(
        report.PlanName,
        report.Outcome,
        report.Source,
        report.Target,
        report.Findings,
        report.Changes,
        [.. report.Steps.Select(StepDocument.Of)],
        FailureDocument.Of(report.Failure),
        report.TargetRefusal,
        report.Verification is { } verification ? ArrivalLine.Of(verification) : null,
        report.Verification,
        EstimateDocument.Of(report.Estimate),
        report.NotRehearsed,
        keptPath);
}

/// <summary>The estimate for the real run.</summary>
/// <param name="LeastSeconds">The shortest time.</param>
/// <param name="MostSeconds">The longest time.</param>
/// <param name="ObjectBytes">The number of bytes of objects that this machine reads and sends.</param>
/// <param name="LeastArchiveBytes">The smallest size of the archive.</param>
/// <param name="MostArchiveBytes">The largest size of the archive.</param>
/// <param name="FreeBytes">The free space for the archive, in bytes.</param>
/// <param name="MayNotFit">Whether the archive may be too large for the free space.</param>
/// <param name="Basis">How the estimate was made.</param>
internal sealed record EstimateDocument(
    double LeastSeconds,
    double MostSeconds,
    long ObjectBytes,
    long? LeastArchiveBytes,
    long? MostArchiveBytes,
    long? FreeBytes,
    bool MayNotFit,
    ImmutableArray<string> Basis)
{
    public static EstimateDocument? Of(RehearsalEstimate? estimate) => estimate is null
        ? null
        : new(
            estimate.LeastTime.TotalSeconds,
            estimate.MostTime.TotalSeconds,
            estimate.ObjectBytes,
            estimate.LeastArchiveBytes,
            estimate.MostArchiveBytes,
            estimate.FreeBytes,
            estimate.MayNotFit,
            estimate.Basis);
}
