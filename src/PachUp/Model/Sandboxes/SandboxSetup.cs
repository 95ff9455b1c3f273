using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sandbox;

namespace PachUp.Model.Sandboxes;

/// <summary>Which sandboxes stand in for the clusters of a plan.</summary>
/// <param name="Source">The release of the source; in a plan that restores a backup, that of the backup.</param>
/// <param name="Target">The release of the target.</param>
/// <param name="ShareBucket">Whether the target finds the objects of the source in its bucket.</param>
internal sealed record SandboxSetup(Release Source, Release Target, bool ShareBucket)
{
    /// <summary>
    /// The releases of the plan. If the plan accepts any source, the source is the release of the sample archive. If no sandbox behaves like the target, it
    /// is the latest release of that line.
    /// </summary>
    public static SandboxSetup For(PlanDocument plan)
    {
        var source = plan.From.AtLeast ?? SourceOf(plan.Destination.Known);
        var target = plan.Destination.Of(source, ReleaseCatalogue.BuiltIn);
        return new SandboxSetup(source, IsPlayed(target) ? target : LatestOf(target.Line) ?? target, ShareBucket: !plan.CarriesObjects());
    }

    private static Release SourceOf(Release? target) => target is null || target.Line == Installation.SampleRelease.Line
        ? Installation.SampleRelease
        : SandboxReleases.All.FirstOrDefault(release => release.Line == target.Line) ?? target;

    private static bool IsPlayed(Release release) => SandboxReleases.StandInFor(release) is not null;

    private static Release? LatestOf(ReleaseLine line) => SandboxReleases.All.LastOrDefault(release => release.Line == line);
}
