using System.Collections.Immutable;
using PachUp.Engine.Steps;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Plugins;

/// <summary>Everything that the engine and the loaded plugins offer.</summary>
public sealed record Catalogue
{
    /// <summary>The kinds of steps.</summary>
    public required StepCatalogue Steps { get; init; }

    /// <summary>The checks that are asked of every migration.</summary>
    public required ImmutableArray<ICheck> Checks { get; init; }

    /// <summary>The ways from line to line.</summary>
    public required ImmutableArray<MigrationRoute> Routes { get; init; }

    /// <summary>The ways to deploy clusters, by name.</summary>
    public required ImmutableSortedDictionary<string, IPlatform> Platforms { get; init; }

    /// <summary>The plugins that offer it, beside what is built in.</summary>
    public ImmutableArray<LoadedPlugin> Plugins { get; init; } = [];

    /// <summary>The way from one line to another; null where nobody offers it.</summary>
    public MigrationRoute? FindRoute(ReleaseLine from, ReleaseLine to) => Routes.FirstOrDefault(route => route.From == from && route.To == to);
}
