using System.Collections.Immutable;
using PachUp.Engine.Lookups;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Engine.Steps;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>A previewed plan that can be carried out exactly as shown. Disposing it closes the connections.</summary>
public sealed class PlannedMigration : IAsyncDisposable
{
    internal PlannedMigration(PlanDocument document, PlanPreview preview, LookupScope scope, ClusterPair clusters, MigrationContext? context) =>
        (Document, Preview, Scope, Clusters, Context) = (document, preview, scope, clusters, context);

    /// <summary>The plan.</summary>
    public PlanDocument Document { get; }

    /// <summary>The preview.</summary>
    public PlanPreview Preview { get; }

    /// <summary>The loaded plugins.</summary>
    internal ImmutableArray<LoadedPlugin> Plugins { get; init; } = [];

    /// <summary>The step that carries late writes; null if no plugin offers one.</summary>
    internal StepDescriptor? CatchUp { get; init; }

    internal LookupScope Scope { get; }

    internal ClusterPair Clusters { get; }

    /// <summary>The context of the steps; null if a check refused before the clusters were read.</summary>
    internal MigrationContext? Context { get; }

    /// <summary>The id of the cluster that a run locks.</summary>
    /// <exception cref="InvalidOperationException">The plan is refused.</exception>
    internal string WorksOn => Preview.WorksOn ?? throw Refused();

    /// <summary>The context of the steps.</summary>
    /// <exception cref="InvalidOperationException">The plan is refused.</exception>
    internal IStepContext RequireContext() => Context ?? throw Refused();

    /// <summary>
    /// The changes to the plan with the addresses of its clusters, so that the same plan later uses the same clusters even if the environment changes.
    /// </summary>
    internal PlanOverrides OverridesWithAddresses()
    {
        var (source, target) = (Clusters.Source, Clusters.Target);
        return Document.OverridesAt(AddressToKeep(source), AddressToKeep(target), source.Address.Peer?.Identity, target.Address.Peer?.Identity);
    }

    /// <summary>The address to keep; null if the platform finds the cluster again.</summary>
    private static string? AddressToKeep(PlannedCluster cluster) => cluster.IsReachedByPlatform ? null : cluster.Address.Identity;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Clusters.DisposeAsync();

    private static InvalidOperationException Refused() => new("a refused plan cannot be applied");
}
