using System.Collections.Immutable;
using PachUp.Engine.Plans.Lookups;
using PachUp.Engine.Plans.Yaml;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads the clusters of a plan. Where its kind has one cluster only, that is both source and target.</summary>
internal sealed class ClustersReader(MistakeList mistakes, LookupChecker lookups, IReadOnlyCollection<string> platforms, ImmutableArray<string> parameters)
{
    private readonly LookupContext _inAddress = new()
    {
        Place = "a cluster's address",
        Roots = [LookupScope.Parameters, LookupScope.Env],
        UnsetIsEmpty = true,
        Parameters = parameters,
    };

    public (PlanCluster Source, PlanCluster Target)? Read(MappingReader plan, PlanKind kind, LookupScope scope, PlanOverrides overrides)
    {
        RefuseOption(PlanKeys.Source, overrides.Source, kind);
        RefuseOption(PlanKeys.Target, overrides.Target, kind);
        if (plan.Required(PlanKeys.Clusters, DescribeClusters(kind)) is not { } node
            || MappingReader.Open(node, "\"clusters\"", mistakes, kind.Clusters) is not { } clusters)
        {
            return null;
        }

        var source = kind.Clusters.Contains(PlanKeys.Source) ? ReadCluster(clusters, PlanKeys.Source, scope, overrides.Source) : null;
        var target = kind.Clusters.Contains(PlanKeys.Target) ? ReadCluster(clusters, PlanKeys.Target, scope, overrides.Target) : null;
        return kind.Clusters.Length == 1
            ? (source ?? target) is { } only ? (only, only) : null
            : source is null || target is null ? null : (source, target);
    }

    private static string DescribeClusters(PlanKind kind) => kind.Clusters is [var only]
        ? $"the cluster \"{only}\""
        : "the clusters \"source\" and \"target\"";

    private void RefuseOption(string cluster, string? option, PlanKind kind)
    {
        if (option is not null && !kind.Clusters.Contains(cluster))
        {
            mistakes.AddToOption($"--{cluster} {option}", $"the plan has no {cluster}, only one cluster", $"--{kind.Clusters[0]} {option}");
        }
    }

    private PlanCluster? ReadCluster(MappingReader clusters, string name, LookupScope scope, string? option)
    {
        if (clusters.Required(name, "a cluster; {} for one that is found where pachctl finds it") is not { } node
            || MappingReader.Open(node, $"cluster \"{name}\"", mistakes, PlanKeys.Address, PlanKeys.Platform) is not { } cluster)
        {
            return null;
        }

        var platform = ReadPlatform(cluster);
        var address = cluster.OptionalText(PlanKeys.Address, "an address such as host:30650");
        var (text, origin) = option is not null ? (option, $"--{name}") : ReadAddress(address, name, scope);
        return new PlanCluster(name, text, origin, platform);
    }

    private string ReadPlatform(MappingReader cluster)
    {
        if (cluster.OptionalText(PlanKeys.Platform, Names.OneOf(platforms)) is not { } platform)
        {
            return PlanCluster.DefaultPlatform;
        }

        if (!platforms.Contains(platform.Value))
        {
            mistakes.AddUnknownName(platform.Position, $"there is no platform \"{platform.Value}\"", platform.Value, platforms);
        }

        return platform.Value;
    }

    private (string Text, string Origin) ReadAddress(PlanScalar? address, string name, LookupScope scope)
    {
        if (address is null || lookups.Read(address, _inAddress) is not { } template)
        {
            return ("", "");
        }

        if (template.Fill(lookup => scope.ValueOf(lookup) ?? (lookup.Root == LookupScope.Env ? "" : null)) is not { } text)
        {
            mistakes.Add(
                address.Position,
                $"the address of \"{name}\" depends on what is known only during the run",
                "an address that is known when the plan is made");
            return ("", "");
        }

        return (text, OriginOf(template, address, name));
    }

    /// <summary>People know the variable better than the place in the plan that names it.</summary>
    private static string OriginOf(TextTemplate template, PlanScalar address, string name) =>
        template.Lookups.ToList() is [{ Path: [LookupScope.Env, var variable] } only] && address.Value == only.ToString()
            ? variable
            : $"the plan's cluster \"{name}\"";
}
