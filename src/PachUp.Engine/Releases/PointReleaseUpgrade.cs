using PachUp.Pachyderm;

namespace PachUp.Engine.Releases;

/// <summary>How to upgrade a cluster to another point release of its line.</summary>
internal static class PointReleaseUpgrade
{
    /// <summary>The commands, as one sentence.</summary>
    public static string CommandsTo(Release release) =>
        $"run `pachctl undeploy` (never with --all), install pachctl {release}, run `pachctl deploy` with the arguments of the first deployment, "
        + $"and wait until `pachctl version` shows {release} for both pachctl and pachd";
}
