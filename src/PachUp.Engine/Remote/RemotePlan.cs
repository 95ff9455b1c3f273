using System.Collections.Immutable;
using System.Globalization;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Engine.Runs.Records;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Engine.Remote;

/// <summary>A plan as a process beside the clusters has to be given it, so that it carries out what was shown here.</summary>
public sealed record RemotePlan
{
    /// <summary>The name of the plan's file among <see cref="Files"/>.</summary>
    public const string PlanFile = "plan.yaml";

    private const string PachConfigFile = "config.json";

    /// <summary>What the command line changes in the plan there.</summary>
    public required PlanOverrides Overrides { get; init; }

    /// <summary>What the plan says here about each of its clusters, the source first.</summary>
    public required ImmutableArray<ImmutableSortedDictionary<string, string>> Clusters { get; init; }

    /// <summary>What the process is to do.</summary>
    public required RemoteTask Task { get; init; }

    /// <summary>The plan's file, by name, with its text.</summary>
    public required ImmutableSortedDictionary<string, string> Files { get; init; }

    /// <summary>The config file of pachctl with what only this user may know; none where it is not needed.</summary>
    public required ImmutableSortedDictionary<string, string> SecretFiles { get; init; }

    /// <summary>The environment variables that the plan looks up.</summary>
    public required ImmutableSortedDictionary<string, string> SecretVariables { get; init; }

    /// <summary>The platform that can carry a plan out beside its clusters.</summary>
    /// <exception cref="StepFailedException">The plan's clusters are on none.</exception>
    public static IRemoteRunPlatform PlatformOf(PlanDocument plan, Catalogue catalogue)
    {
        var (source, target) = (plan.SourceCluster.Platform, plan.TargetCluster.Platform);
        return source == target
            ? PlatformOf(source, catalogue)
            : throw StepFailedException.Refused(
                $"the clusters of plan \"{plan.Name}\" are on two platforms (\"{source}\" and \"{target}\"), so nothing runs beside both",
                "Carry this plan out from here, without --in-cluster.");
    }

    /// <summary>A platform that can carry plans out beside its clusters.</summary>
    /// <param name="name">Its name; null for the only one that there is.</param>
    /// <param name="catalogue">The platforms.</param>
    /// <exception cref="StepFailedException">It cannot, or there is none.</exception>
    public static IRemoteRunPlatform PlatformOf(string? name, Catalogue catalogue)
    {
        var able = catalogue.Platforms.Values.OfType<IRemoteRunPlatform>().Where(platform => name is null || platform.Name == name).ToList();
        return able is [var only]
            ? only
            : throw StepFailedException.Refused(
                name is null ? "it is not clear which platform is to run PachUp beside its clusters" : $"the platform \"{name}\" cannot run PachUp beside its clusters",
                NamesOf(catalogue) is { Length: > 0 } names ? $"Choose one that can: --platform {names}." : "No plugin that is installed offers a platform that can.");
    }

    /// <summary>Works out what a process needs for a plan.</summary>
    /// <param name="plan">The plan, previewed for another machine.</param>
    /// <param name="platform">The platform that starts the process.</param>
    /// <param name="shippedPlugins">The folder of the plugins that the process has too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">The plan needs something that is on this machine only.</exception>
    public static async Task<RemotePlan> OfAsync(
        PlannedMigration plan, IRemoteRunPlatform platform, string? shippedPlugins, CancellationToken cancellationToken)
    {
        RemoteObstacles.ThrowIfAny(plan, platform.Places, shippedPlugins);
        var document = plan.Document;
        var source = await platform.SettingsThereAsync(document.SourceCluster.Settings, cancellationToken);
        var target = document.HasOneCluster ? source : await platform.SettingsThereAsync(document.TargetCluster.Settings, cancellationToken);
        return new RemotePlan
        {
            Overrides = RunRecord.OverridesOf(plan) with
            {
                Platform = platform.Name,
                Settings = source,
                Secrets = [.. SecretsOf(document).Select(secret => $"{secret.Parameter}=env:{secret.Variable}")],
                TargetSettings = target.RemoveRange(source.Intersect(target).Select(setting => setting.Key)),
            },
            Clusters = [document.SourceCluster.Settings, .. document.HasOneCluster ? [] : new[] { document.TargetCluster.Settings }],
            Task = new RemoteTask(document.Name, plan.Preview.Hash),
            Files = Named(PlanFile, document.Text),
            SecretFiles = PachConfigWriter.TryWrite([plan.Clusters.Source.Address, plan.Clusters.Target.Address]) is { } config
                ? Named(PachConfigFile, config)
                : ImmutableSortedDictionary<string, string>.Empty,
            SecretVariables = document.SecretVariables
                .Select(name => KeyValuePair.Create(name, document.Scope.Environment(name) ?? ""))
                .Concat(SecretsOf(document).Select(secret => KeyValuePair.Create(secret.Variable, document.Scope.ParameterValue(secret.Parameter) ?? "")))
                .ToImmutableSortedDictionary(),
        };
    }

    // Wherever a secret parameter has its value here, the process finds it in a variable.
    private static IEnumerable<(string Parameter, string Variable)> SecretsOf(PlanDocument plan) => plan.Parameters
        .Where(parameter => parameter is { IsSecret: true, IsSet: true })
        .Select((parameter, index) => (parameter.Name, string.Create(CultureInfo.InvariantCulture, $"PACHUP_SECRET_{index + 1}")));

    private static ImmutableSortedDictionary<string, string> Named(string name, string text) => ImmutableSortedDictionary<string, string>.Empty.Add(name, text);

    private static string NamesOf(Catalogue catalogue) =>
        string.Join(", ", catalogue.Platforms.Where(platform => platform.Value is IRemoteRunPlatform).Select(platform => platform.Key));
}
