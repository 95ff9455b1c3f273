using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Releases;
using PachUp.Pachyderm;
using PachUp.Sandbox;

namespace PachUp.Sandboxes;

/// <summary>Which sandboxes play the clusters of a plan.</summary>
/// <param name="Source">The release of the source.</param>
/// <param name="Target">The release of the target.</param>
/// <param name="ShareBucket">Whether the target finds the objects of the source in its bucket.</param>
internal sealed record SandboxCast(Release Source, Release Target, bool ShareBucket)
{
    /// <summary>The releases that fit a plan: those that it names, or else the closest of the same line that there is a sandbox of.</summary>
    public static SandboxCast For(PlanDocument plan)
    {
        var source = StandInFor(plan.From.AtLeast ?? Installation.SampleRelease);
        var target = StandInFor(plan.Destination.Of(source, ReleaseCatalogue.BuiltIn));
        return new SandboxCast(source, target, ShareBucket: !plan.CarriesObjects());
    }

    private static Release StandInFor(Release release) => SandboxReleases.All.Contains(release)
        ? release
        : SandboxReleases.All.Where(known => known.Line == release.Line).DefaultIfEmpty(release).Last();
}
