using System.Collections.Immutable;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>The checks that the planner runs itself, before it reads the clusters. They are about releases.</summary>
internal static class ReleaseChecks
{
    public static CheckDescription PointRelease { get; } = new(
        "point-release",
        "Does the plan accept the release of the source, and is it the latest of its line?",
        new CheckGuide
        {
            Why = "Migrations are written for and tested with the last point releases of a line. A migration from an earlier point release can lose "
            + "data: its extract lacks what later point releases add.",
            WhenPassed = "The source is the latest point release of its line.",
            WhenWarned = "The source can be migrated. But it is not the latest point release of its line, is a custom build, or is not known to this PachUp.",
            WhenRefused = "The source is of another line, is too old, or is a pre-release build. Upgrade it within its line first.",
            Issues = [1801, 4077],
        });

    public static CheckDescription TargetChoice { get; } = new(
        "target-choice",
        "Is the release of the target published and recommended?",
        new CheckGuide
        {
            Why = "The first point releases of a line have defects that later ones fix.",
            WhenPassed = "The release was published. If a later one of its line is better, the message recommends it.",
            WhenWarned = "The target is a custom build. PachUp cannot know what was changed in it.",
            WhenRefused = "There is no such release. Choose another with --to.",
        });

    public static CheckDescription Route { get; } = new(
        "route",
        "Does a plugin offer a route between the two lines?",
        new CheckGuide
        {
            Why = "Only the plugin for a pair of lines knows what changes between them.",
            WhenPassed = "The check is not shown.",
            WhenRefused = "No plugin offers a route. \"pachup plugin list\" shows the installed plugins, and which plugins could not be loaded.",
        });

    public static CheckDescription KindOfPlan { get; } = new(
        "way",
        "Is this the right kind of plan for the two releases?",
        new CheckGuide
        {
            Why = "Releases of one line read the same metadata, so an upgrade redeploys on the same volumes. Releases of different lines do not, so "
            + "the state has to be extracted and restored. A server accepts a backup of a later generation without an error, but "
            + "restores nothing.",
            WhenPassed = "The plan is of the right kind for the two releases.",
            WhenRefused = "Another kind of plan is needed, or the target is older than the source, or the cluster already runs the release. The message says which.",
            Issues = [3883],
        });

    /// <summary>All checks of releases.</summary>
    public static ImmutableArray<CheckDescription> All { get; } = [PointRelease, TargetChoice, Route, KindOfPlan];
}
