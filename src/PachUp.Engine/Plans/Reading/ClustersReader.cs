using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Engine.Lookups;
using PachUp.Engine.Yaml;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads the clusters of a plan. In a plan of one cluster, that cluster is both source and target.</summary>
internal sealed class ClustersReader(MistakeList mistakes, LookupChecker lookups, IReadOnlyCollection<string> platforms, ImmutableArray<string> parameters)
{
    private const string PeerSuffix = "-peer";

    private readonly LookupContext _inAddress = new()
    {
        Place = "a cluster's address",
        Roots = [LookupScope.Parameters, LookupScope.Env],
        UnsetIsEmpty = true,
        Parameters = parameters,
    };

    public (PlanCluster Source, PlanCluster Target)? Read(MappingReader plan, PlanKind kind, LookupScope scope, PlanOverrides overrides)
    {
        RefuseOption(PlanKeys.Source, "", overrides.Source, kind);
        RefuseOption(PlanKeys.Target, "", overrides.Target, kind);
        RefuseOption(PlanKeys.Source, PeerSuffix, overrides.SourcePeer, kind);
        RefuseOption(PlanKeys.Target, PeerSuffix, overrides.TargetPeer, kind);
        if (overrides.Platform is { } named && !platforms.Contains(named))
        {
            mistakes.AddToOption($"--platform {named}", $"there is no platform \"{named}\"", Names.OneOf(platforms), NearestName.Of(named, platforms));
        }

        if (plan.Required(PlanKeys.Clusters, DescribeClusters(kind)) is not { } node
            || MappingReader.Open(node, "\"clusters\"", mistakes, kind.Clusters) is not { } clusters)
        {
            return null;
        }

        var source = kind.Clusters.Contains(PlanKeys.Source) ? ReadCluster(clusters, PlanKeys.Source, scope, overrides) : null;
        var target = kind.Clusters.Contains(PlanKeys.Target) ? ReadCluster(clusters, PlanKeys.Target, scope, overrides) : null;
        return kind.Clusters.Length == 1
            ? (source ?? target) is { } only ? (only, only) : null
            : source is null || target is null ? null : (source, target);
    }

    private static string DescribeClusters(PlanKind kind) => kind.Clusters is [var only]
        ? $"the cluster \"{only}\""
        : "the clusters \"source\" and \"target\"";

    private void RefuseOption(string cluster, string suffix, string? option, PlanKind kind)
    {
        if (option is not null && !kind.Clusters.Contains(cluster))
        {
            mistakes.AddToOption($"--{cluster}{suffix} {option}", $"the plan has no {cluster}, only one cluster", $"--{kind.Clusters[0]}{suffix} {option}");
        }
    }

    private PlanCluster? ReadCluster(MappingReader clusters, string name, LookupScope scope, PlanOverrides overrides)
    {
        if (clusters.Required(name, "a cluster, or {} for the cluster that pachctl uses") is not { } node
            || MappingReader.Open(node, $"cluster \"{name}\"", mistakes, PlanKeys.Address, PlanKeys.Peer, PlanKeys.Platform, PlanKeys.With) is not { } cluster)
        {
            return null;
        }

        var isTarget = name == PlanKeys.Target;
        var option = isTarget ? overrides.Target : overrides.Source;
        var platform = overrides.Platform ?? ReadPlatform(cluster);
        var address = cluster.OptionalText(PlanKeys.Address, "an address such as host:30650");
        var (text, origin) = option is not null ? (option, $"--{name}") : ReadPlace(address, $"the address of \"{name}\"", name, scope);
        if (overrides.Platform is not (null or PlanCluster.DefaultPlatform) && option is null && origin != OriginInPlan(name))
        {
            // The command line says where the cluster is, and options win over the environment: the platform finds the cluster.
            (text, origin) = ("", "");
        }

        var (peer, peerOrigin) = ReadPeer(cluster, name, isOfAnotherAddress: option is not null, isTarget ? overrides.TargetPeer : overrides.SourcePeer, scope);
        var settings = ReadSettings(cluster, name, scope).SetItems(overrides.Settings);
        return new PlanCluster(name, text, origin, platform)
        {
            Peer = peer,
            PeerOrigin = peerOrigin,
            Settings = isTarget ? settings.SetItems(overrides.TargetSettings) : settings,
        };
    }

    /// <summary>The peer port in the plan belongs to the address in the plan. It is ignored if the command line gives another address.</summary>
    private (string Text, string Origin) ReadPeer(MappingReader cluster, string name, bool isOfAnotherAddress, string? option, LookupScope scope)
    {
        var (text, origin) = ReadPlace(cluster.OptionalText(PlanKeys.Peer, "an address such as host:653"), $"the peer port of \"{name}\"", name, scope);
        return option is not null ? (option, $"--{name}{PeerSuffix}") : isOfAnotherAddress ? ("", "") : (text, origin);
    }

    private ImmutableSortedDictionary<string, string> ReadSettings(MappingReader cluster, string name, LookupScope scope)
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in cluster.OptionalMapping(PlanKeys.With, "settings of the platform: names with values")?.Entries ?? [])
        {
            if (value is not PlanScalar { IsNothing: false } scalar)
            {
                mistakes.Add(value.Position, $"\"{key.Value}\" is {value.Kind}", "a text");
            }
            else
            {
                settings[key.Value] = Fill(scalar, $"\"{key.Value}\" of the cluster \"{name}\"", scope)?.Text ?? "";
            }
        }

        return settings.Count > 0 ? settings.ToImmutable() : ImmutableSortedDictionary<string, string>.Empty;
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

    private (string Text, string Origin) ReadPlace(PlanScalar? place, string what, string name, LookupScope scope) =>
        place is not null && Fill(place, what, scope) is var (text, template) ? (text, OriginOf(template, place, name)) : ("", "");

    private (string Text, TextTemplate Template)? Fill(PlanScalar scalar, string what, LookupScope scope)
    {
        if (lookups.Read(scalar, _inAddress) is not { } template)
        {
            return null;
        }

        if (template.Fill(lookup => scope.ValueOf(lookup) ?? (lookup.Root == LookupScope.Env ? "" : null)) is { } text)
        {
            return (text, template);
        }

        mistakes.Add(scalar.Position, $"{what} depends on a value that is known only during the run", "a value that is known when the plan is made");
        return null;
    }

    /// <summary>Names the environment variable if the address comes from one, because users look for the variable first.</summary>
    private static string OriginOf(TextTemplate template, PlanScalar address, string name) =>
        template.Lookups.ToList() is [{ Path: [LookupScope.Env, var variable] } only] && address.Value == only.ToString()
            ? variable
            : OriginInPlan(name);

    private static string OriginInPlan(string name) => $"the plan's cluster \"{name}\"";
}
