using System.Collections.Immutable;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Commands.Clusters.Status;

/// <summary>What is deployed, as reported by the platform.</summary>
/// <param name="Name">Its name in the plan: <c>source</c> or <c>target</c>.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Facts">Its report.</param>
/// <param name="Problem">Why there is no report; null if there is one.</param>
internal sealed record PlatformStatus(string Name, string Platform, ImmutableArray<DeploymentFact> Facts, string? Problem)
{
    /// <summary>Reads the deployments. A platform that cannot be read is not an error.</summary>
    public static async Task<PlatformStatus> LookAsync(
        string name, ILookingPlatform platform, ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        try
        {
            return new PlatformStatus(name, platform.Name, await platform.LookAsync(settings, cancellationToken), Problem: null);
        }
        catch (StepFailedException e)
        {
            return new PlatformStatus(name, platform.Name, [], $"{e.Message}. {e.Remedy}");
        }
    }
}
