using PachUp.Pachyderm;

namespace PachUp.Sandbox;

/// <summary>The releases that a sandbox can behave as: those whose behaviour was recorded.</summary>
public static class SandboxReleases
{
    /// <summary>From the oldest to the newest.</summary>
    public static IReadOnlyList<Release> All { get; } =
        [new(1, 7, 14), new(1, 8, 7), new(1, 8, 8), new(1, 9, 0), new(1, 9, 12), new(1, 10, 5), new(1, 11, 9), new(1, 12, 5), new(1, 13, 4)];

    /// <summary>
    /// The release whose sandbox can stand in for another release: the nearest of its line that writes and accepts the same streams. For a later line, of
    /// which nothing was recorded, it is the newest sandbox, since servers accept the operations of earlier lines. So a plugin for a new pair can be
    /// tried. Null where there is none.
    /// </summary>
    public static Release? StandInFor(Release release) => release.Line > All[^1].Line
        ? All[^1]
        : All.Where(known => StreamsOf(known) == StreamsOf(release)).MinBy(known => Math.Abs(known.Patch - release.Patch));

    private static (ReleaseLine Line, OperationGeneration Generation, bool ExtractsOutputs) StreamsOf(Release release)
    {
        var traits = ReleaseTraits.Of(release);
        return (release.Line, traits.Generation, traits.ExtractsOutputs);
    }
}
