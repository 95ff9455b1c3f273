using System.Collections.Immutable;
using PachUp.Engine.Releases;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>Findings about the releases of source and target, before all other checks.</summary>
internal static class ReleaseFindings
{
    public static ImmutableArray<Finding> Of(PlanRequest request, Release source, Release target) => request.Document.Purpose switch
    {
        PlanPurpose.Upgrade => [Source(request, source), Way(UpgradeGate.Decide(source, target, request.Releases)), Target(request, target)],
        PlanPurpose.Backup => [Source(request, source)],
        PlanPurpose.Restore when source.Line == target.Line => [Way(RestoreGate.Decide(source, target))],
        PlanPurpose.Restore => [.. OldEnough(request, source, target), Target(request, target), .. NoRoute(request, source, target)],
        _ => [Source(request, source), Target(request, target), .. NoRoute(request, source, target)],
    };

    private static Finding Source(PlanRequest request, Release source) => Answer(
        ReleaseChecks.PointRelease,
        request.Document.From is { Line: { } line, AtLeast: { } atLeast }
            ? PointReleaseGate.Decide(source, line, atLeast, request.Releases)
            : AnyReleaseGate.Decide(source, request.Releases));

    private static Finding Target(PlanRequest request, Release target) =>
        Answer(ReleaseChecks.TargetChoice, TargetReleaseAdvice.For(target, request.Releases));

    /// <summary>Whether a route to another line accepts the release of the backup.</summary>
    private static IEnumerable<Finding> OldEnough(PlanRequest request, Release source, Release target) =>
        request.Catalogue.FindRoute(source.Line, target.Line) is { } route
            ? [Answer(ReleaseChecks.PointRelease, PointReleaseGate.Decide(source, source.Line, route.AtLeast, request.Releases))]
            : [];

    private static Finding Way(CheckResult result) => Answer(ReleaseChecks.KindOfPlan, result);

    private static IEnumerable<Finding> NoRoute(PlanRequest request, Release source, Release target)
    {
        var from = request.Document.From.Line ?? source.Line;
        return request.Catalogue.FindRoute(from, target.Line) is not null
            ? []
            :
            [
                Answer(ReleaseChecks.Route, CheckResult.Refused(
                    $"no plugin offers a route from {from} to {target.Line}", "\"pachup plugin list\" shows the installed plugins and their routes.")),
            ];
    }

    private static Finding Answer(CheckDescription question, CheckResult result) => new(question.Name, question.Question, result, Accepted: false);
}
