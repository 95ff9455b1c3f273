using System.Collections.Immutable;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Settings;

/// <summary>The settings for a cluster on this platform, under <c>with:</c> in a plan.</summary>
internal sealed record ClusterSettings
{
    /// <summary>What plans call the platform.</summary>
    public const string Platform = "kubernetes";

    private static readonly string[] Known = ["context", "namespace", "kubeconfig", "fence", "manifests", "pachctl", "pachctlPath", "bucket"];

    /// <summary>How to connect.</summary>
    public required KubeSettings Connection { get; init; }

    /// <summary>How writers are kept out: one of <see cref="FenceNames"/>.</summary>
    public string Fence { get; init; } = FenceNames.Default;

    /// <summary>A folder with the manifests to deploy; null to deploy like the source.</summary>
    public string? Manifests { get; init; }

    /// <summary>The arguments of <c>pachctl deploy</c> that print the manifests to deploy; null to deploy like the source.</summary>
    public string? PachctlArguments { get; init; }

    /// <summary>The path of pachctl.</summary>
    public string PachctlPath { get; init; } = "pachctl";

    /// <summary>The bucket for the deployment in place of the source's; null for the same bucket.</summary>
    public string? Bucket { get; init; }

    /// <summary>Reads the settings of a cluster.</summary>
    /// <exception cref="StepFailedException">A setting is unknown or has an invalid value.</exception>
    public static ClusterSettings Of(ICluster cluster) => Read($"the cluster \"{cluster.Name}\"", cluster.Settings);

    /// <summary>Reads settings.</summary>
    /// <param name="owner">The owner of the settings, for error messages.</param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="StepFailedException">A setting is unknown or has an invalid value.</exception>
    public static ClusterSettings Read(string owner, ImmutableSortedDictionary<string, string> settings)
    {
        if (settings.Keys.Except(Known).FirstOrDefault() is { } unknown)
        {
            throw StepFailedException.Refused(
                $"{owner} has a setting \"{unknown}\" that the platform {Platform} does not know", $"Valid settings: {string.Join(", ", Known)}.");
        }

        var fence = settings.GetValueOrDefault("fence", FenceNames.Default);
        if (!FenceNames.All.Contains(fence))
        {
            throw StepFailedException.Refused($"{owner} has \"fence: {fence}\"", $"Valid values: {string.Join(", ", FenceNames.All)}.");
        }

        if (settings.ContainsKey("manifests") && settings.ContainsKey("pachctl"))
        {
            throw StepFailedException.Refused($"{owner} has both \"manifests\" and \"pachctl\"", "Give only one of them, or none to deploy like the source.");
        }

        return new ClusterSettings
        {
            Connection = new KubeSettings
            {
                Context = settings.GetValueOrDefault("context"),
                Namespace = settings.GetValueOrDefault("namespace"),
                KubeConfig = settings.GetValueOrDefault("kubeconfig"),
            },
            Fence = fence,
            Manifests = settings.GetValueOrDefault("manifests"),
            PachctlArguments = settings.GetValueOrDefault("pachctl"),
            PachctlPath = settings.GetValueOrDefault("pachctlPath", "pachctl"),
            Bucket = settings.GetValueOrDefault("bucket"),
        };
    }
}
