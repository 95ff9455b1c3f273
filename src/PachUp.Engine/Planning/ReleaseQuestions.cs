using System.Collections.Immutable;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>What the planner asks of the releases before it looks into the clusters, and answers itself.</summary>
internal static class ReleaseQuestions
{
    public static CheckDescription PointRelease { get; } = new(
        "point-release",
        "Is the source a release that the plan accepts, and the latest of its line?",
        new CheckGuide
        {
            Why = "Migrations are made for, and tried with, the last point releases of a line. Starting from an earlier one is how people corrupt "
                + "data: its extract lacks what later point releases add.",
            WhenPassed = "The source is the latest point release of its line.",
            WhenWarned = "It can be migrated, but a later point release of its line is better, is a custom build, or is not known to this PachUp.",
            WhenRefused = "The source is of another line, too early, or was built before its release. Upgrade it within its line first.",
            Issues = [1801, 4077],
        });

    public static CheckDescription TargetChoice { get; } = new(
        "target-choice",
        "Is the target's release a good one to move to?",
        new CheckGuide
        {
            Why = "The first point release of a line lacks what the later ones repair.",
            WhenPassed = "The release was published. Where a later one of its line is better, that is said.",
            WhenWarned = "It is a custom build, of which nobody knows what was changed in it.",
            WhenRefused = "There is no such release. Choose another with --to.",
        });

    public static CheckDescription Route { get; } = new(
        "route",
        "Does a plugin know the way?",
        new CheckGuide
        {
            Why = "What changes between two lines is known by the plugin for the pair, and by nothing else.",
            WhenPassed = "It is not shown then.",
            WhenRefused = "No plugin offers the way. \"pachup plugin list\" shows what is there, and which plugins could not be used.",
        });

    public static CheckDescription Way { get; } = new(
        "way",
        "Does this kind of plan lead from the one release to the other?",
        new CheckGuide
        {
            Why = "Releases of one line read the same metadata, so an upgrade redeploys on the same volumes. Releases of two lines do not: there "
                + "the state has to be taken out and brought in again. And a server takes a backup of a later generation without a word, and "
                + "restores nothing.",
            WhenPassed = "The plan is of the right kind for the two releases.",
            WhenRefused = "Another plan is needed, it would lead back, or the cluster is there already. The message says which.",
            Issues = [3883],
        });

    /// <summary>All of them.</summary>
    public static ImmutableArray<CheckDescription> All { get; } = [PointRelease, TargetChoice, Route, Way];
}
