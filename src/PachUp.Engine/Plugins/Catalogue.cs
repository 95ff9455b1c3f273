using System.Collections.Immutable;
using PachUp.Engine.Steps;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Plugins;

/// <summary>All steps, checks, routes and platforms of PachUp and of the loaded plugins.</summary>
public sealed record Catalogue
{
    /// <summary>The kinds of steps.</summary>
    public required StepCatalogue Steps { get; init; }

    /// <summary>The checks that run for every migration.</summary>
    public required ImmutableArray<ICheck> Checks { get; init; }

    /// <summary>The routes between lines.</summary>
    public required ImmutableArray<MigrationRoute> Routes { get; init; }

    /// <summary>The platforms, by name.</summary>
    public required ImmutableSortedDictionary<string, IPlatform> Platforms { get; init; }

    /// <summary>The loaded plugins.</summary>
    public ImmutableArray<LoadedPlugin> Plugins { get; init; } = [];

    /// <summary>The route from one line to another; null if no plugin offers it.</summary>
    public MigrationRoute? FindRoute(ReleaseLine from, ReleaseLine to) => Routes.FirstOrDefault(route => route.From == from && route.To == to);
}
