using System.Collections.Immutable;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Model;
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
    /// <summary>The platform that the options name; null if they name none.</summary>
    /// <exception cref="UsageException">There is no such platform.</exception>
    public static IPlatform? Find(PlatformOptions options, PluginOption plugins, Terminal terminal)
    {
        if (options.Platform is not { } name)
        {
            return null;
        }

        var platforms = Installation.LoadCatalogue(plugins, terminal).Platforms;
        return platforms.TryGetValue(name, out var platform)
            ? platform
            : throw new UsageException($"there is no platform \"{name}\"", $"Choose from: {string.Join(", ", platforms.Keys.Order(StringComparer.Ordinal))}.");
    }

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
