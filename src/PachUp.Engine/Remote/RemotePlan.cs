using System.Collections.Immutable;
using System.Globalization;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Remote;

/// <summary>Everything that a process in the cluster needs to carry out the plan that was shown on this machine.</summary>
public sealed record RemotePlan
{
    /// <summary>The changes to the plan for that process.</summary>
    public required PlanOverrides Overrides { get; init; }

    /// <summary>The platform settings of each cluster in the plan, the source first.</summary>
    public required ImmutableArray<ImmutableSortedDictionary<string, string>> Clusters { get; init; }

    /// <summary>The name of the plan.</summary>
    public required string Name { get; init; }

    /// <summary>The hash of the plan that was shown.</summary>
    public required string Hash { get; init; }

    /// <summary>The text of the plan file.</summary>
    public required string Text { get; init; }

    /// <summary>The text of pachctl's config file, which contains secrets of the user; null if it is not needed.</summary>
    public required string? PachConfig { get; init; }

    /// <summary>The environment variables that the plan looks up.</summary>
    public required ImmutableSortedDictionary<string, string> SecretVariables { get; init; }

    /// <summary>The platform that can run a plan in its cluster.</summary>
    /// <exception cref="StepFailedException">The platforms of the plan cannot.</exception>
    public static IRemoteRunPlatform PlatformOf(PlanDocument plan, Catalogue catalogue)
    {
        var (source, target) = (plan.SourceCluster.Platform, plan.TargetCluster.Platform);
        return source == target
            ? PlatformOf(source, catalogue)
            : throw StepFailedException.Refused(
                $"the clusters of plan \"{plan.Name}\" are on two platforms (\"{source}\" and \"{target}\"), so one process in a cluster cannot serve both",
                "Apply this plan from this machine, without --in-cluster.");
    }

    /// <summary>A platform that can run plans in its cluster.</summary>
    /// <param name="name">Its name; null for the only such platform.</param>
    /// <param name="catalogue">The platforms.</param>
    /// <exception cref="StepFailedException">The platform cannot, or there is none.</exception>
    public static IRemoteRunPlatform PlatformOf(string? name, Catalogue catalogue)
    {
        var able = catalogue.Platforms.Values.OfType<IRemoteRunPlatform>().Where(platform => name is null || platform.Name == name).ToList();
        return able is [var only]
            ? only
            : throw StepFailedException.Refused(
                name is null ? "no single platform can run PachUp in its cluster" : $"the platform \"{name}\" cannot run PachUp in its cluster",
                NamesOf(catalogue) is { Length: > 0 } names ? $"Choose a platform that can: --platform {names}." : "No installed plugin offers a platform that can.");
    }

    /// <summary>Collects everything that the process needs.</summary>
    /// <param name="plan">The plan, previewed for another machine.</param>
    /// <param name="platform">The platform that starts the process.</param>
    /// <param name="shippedPlugins">The folder of the plugins that the process also has.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="StepFailedException">The plan needs something that only this machine has.</exception>
    public static async Task<RemotePlan> OfAsync(
        PlannedMigration plan, IRemoteRunPlatform platform, string? shippedPlugins, CancellationToken cancellationToken)
    {
        RemoteObstacles.ThrowIfAny(plan, platform.StateDirectory, shippedPlugins);
        var document = plan.Document;
        var source = await platform.SettingsThereAsync(document.SourceCluster.Settings, cancellationToken);
        var target = document.HasOneCluster ? source : await platform.SettingsThereAsync(document.TargetCluster.Settings, cancellationToken);
        return new RemotePlan
        {
            Overrides = plan.OverridesWithAddresses() with
            {
                Platform = platform.Name,
                Settings = source,
                Secrets = [.. SecretsOf(document).Select(secret => $"{secret.Parameter}=env:{secret.Variable}")],
                TargetSettings = target.RemoveRange(source.Intersect(target).Select(setting => setting.Key)),
            },
            Clusters = [document.SourceCluster.Settings, .. document.HasOneCluster ? [] : new[] { document.TargetCluster.Settings }],
            Name = document.Name,
            Hash = plan.Preview.Hash,
            Text = document.Text,
            PachConfig = PachConfigWriter.TryWrite([plan.Clusters.Source.Address, plan.Clusters.Target.Address]),
            SecretVariables = document.SecretVariables
                .Select(name => KeyValuePair.Create(name, document.Scope.Environment(name) ?? ""))
                .Concat(SecretsOf(document).Select(secret => KeyValuePair.Create(secret.Variable, document.Scope.ParameterValue(secret.Parameter) ?? "")))
                .ToImmutableSortedDictionary(),
        };
    }

    // The process reads all secret parameters from environment variables, wherever this machine has them.
    private static IEnumerable<(string Parameter, string Variable)> SecretsOf(PlanDocument plan) => plan.Parameters
        .Where(parameter => parameter is { IsSecret: true, IsSet: true })
        .Select((parameter, index) => (parameter.Name, string.Create(CultureInfo.InvariantCulture, $"PACHUP_SECRET_{index + 1}")));

    private static string NamesOf(Catalogue catalogue) =>
        string.Join(", ", catalogue.Platforms.Where(platform => platform.Value is IRemoteRunPlatform).Select(platform => platform.Key));
}
