using PachUp.Pachyderm;

namespace PachUp.Sandbox;

/// <summary>The releases that a sandbox can behave as: those whose behaviour was recorded.</summary>
public static class SandboxReleases
{
    /// <summary>From the oldest to the newest.</summary>
    public static IReadOnlyList<Release> All { get; } =
        [new(1, 7, 14), new(1, 8, 7), new(1, 8, 8), new(1, 9, 0), new(1, 9, 12)];

    /// <summary>
    /// The release whose sandbox can stand in for another release: the nearest of its line that clients find to behave alike; null where there is
    /// none.
    /// </summary>
    public static Release? StandInFor(Release release) => All
        .Where(known => known.Line == release.Line && BehaviourOf(known) == BehaviourOf(release))
        .MinBy(known => Math.Abs(known.Patch - release.Patch));

    /// <summary>What a release does, without its number.</summary>
    private static ServerTraits BehaviourOf(Release release)
    {
        var traits = ServerTraits.Of(release);
        return traits with { Release = traits.Release with { Release = All[0] } };
    }
}
