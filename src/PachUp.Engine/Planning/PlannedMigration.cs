using System.Collections.Immutable;
using PachUp.Engine.Lookups;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>A plan that was previewed and can be carried out exactly so. Disposing it closes the connections.</summary>
public sealed class PlannedMigration : IAsyncDisposable
{
    internal PlannedMigration(PlanDocument document, PlanPreview preview, LookupScope scope, ClusterPair clusters, MigrationContext? context) =>
        (Document, Preview, Scope, Clusters, Context) = (document, preview, scope, clusters, context);

    /// <summary>The plan.</summary>
    public PlanDocument Document { get; }

    /// <summary>What would happen.</summary>
    public PlanPreview Preview { get; }

    /// <summary>The plugins that are loaded.</summary>
    internal ImmutableArray<LoadedPlugin> Plugins { get; init; } = [];

    internal LookupScope Scope { get; }

    internal ClusterPair Clusters { get; }

    /// <summary>What the steps may know; null where a refusal came before it could be found out.</summary>
    internal MigrationContext? Context { get; }

    /// <summary>The id of the cluster that only one run at a time may work on.</summary>
    /// <exception cref="InvalidOperationException">The plan is refused.</exception>
    internal string WorksOn => Preview.WorksOn ?? throw Refused();

    /// <summary>The same for steps.</summary>
    /// <exception cref="InvalidOperationException">The plan is refused.</exception>
    internal IStepContext RequireContext() => Context ?? throw Refused();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Clusters.DisposeAsync();

    private static InvalidOperationException Refused() => new("a refused plan cannot be carried out");
}
