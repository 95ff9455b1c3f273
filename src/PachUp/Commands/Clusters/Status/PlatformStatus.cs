using System.Collections.Immutable;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Model;
using PachUp.Sdk;

namespace PachUp.Commands.Clusters.Status;

/// <summary>What is deployed, as the platform tells it.</summary>
/// <param name="Name">Its part: <c>source</c> or <c>target</c>.</param>
/// <param name="Platform">The platform that was asked.</param>
/// <param name="Facts">What it said.</param>
/// <param name="Problem">Why it said nothing; null where it did.</param>
internal sealed record PlatformStatus(string Name, string Platform, ImmutableArray<DeploymentFact> Facts, string? Problem)
{
    /// <summary>The platform that the options name; null where they name none.</summary>
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

    /// <summary>Looks. That nothing can be seen is an answer too.</summary>
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
