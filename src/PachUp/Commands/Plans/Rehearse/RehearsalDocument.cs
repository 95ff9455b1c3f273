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
/// <param name="Outcome">How it came out.</param>
/// <param name="Source">The cluster whose metadata was rehearsed with.</param>
/// <param name="Target">The cluster that was moved to.</param>
/// <param name="Findings">The answers to the checks.</param>
/// <param name="Changes">Everything that will not arrive as it is.</param>
/// <param name="Steps">Every step.</param>
/// <param name="Failure">What stopped it.</param>
/// <param name="TargetRefusal">What the target did not take.</param>
/// <param name="Arrived">The line that says what arrived.</param>
/// <param name="Verification">What verification found.</param>
/// <param name="Estimate">What the real run will take.</param>
/// <param name="NotRehearsed">What was not rehearsed.</param>
/// <param name="KeptPath">Where the run of the rehearsal is; null where it was not kept.</param>
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

/// <summary>What the real run will take.</summary>
/// <param name="LeastSeconds">The least time.</param>
/// <param name="MostSeconds">The most time.</param>
/// <param name="ObjectBytes">How many bytes of objects go through this machine.</param>
/// <param name="LeastArchiveBytes">The smallest size of the archive.</param>
/// <param name="MostArchiveBytes">The largest size of the archive.</param>
/// <param name="FreeBytes">How much room there is for it.</param>
/// <param name="MayNotFit">Whether there may be too little room.</param>
/// <param name="Basis">What these figures rest on.</param>
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
