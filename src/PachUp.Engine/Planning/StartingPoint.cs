using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification;
using PachUp.Verification.Backups;

namespace PachUp.Engine.Planning;

/// <summary>The source of a plan: a running cluster or a backup.</summary>
internal abstract class StartingPoint
{
    private StartingPoint()
    {
    }

    /// <summary>The release of the source.</summary>
    public abstract Release Release { get; }

    /// <summary>The facts for the preview, before the contents are read.</summary>
    public abstract ClusterFacts Facts { get; }

    /// <summary>The backup; null for a cluster.</summary>
    public virtual Backup? Backup => null;

    /// <summary>Finds the source of the plan and its release.</summary>
    /// <exception cref="PachUp.Sdk.StepFailedException">The platform has no pachd at the place of the source.</exception>
    public static async Task<StartingPoint> OfAsync(PlanRequest request, ClusterPair clusters, CancellationToken cancellationToken)
    {
        if (request.Document.From.Backup is { } backup)
        {
            return new InBackup(await Backup.OpenAsync(backup, cancellationToken));
        }

        await clusters.Source.ThrowIfMissingAsync(cancellationToken);
        return new InCluster(clusters.Source, await clusters.Source.Connect().GetReleaseAsync(cancellationToken), request);
    }

    /// <summary>Reads what the source holds.</summary>
    public abstract Task<ClusterInventory> ReadAsync(CancellationToken cancellationToken);

    private sealed class InCluster(PlannedCluster cluster, Release release, PlanRequest request) : StartingPoint
    {
        public override Release Release => release;

        public override ClusterFacts Facts => ClusterFacts.Unanswered(cluster) with { Release = release };

        public override Task<ClusterInventory> ReadAsync(CancellationToken cancellationToken) =>
            request.TakeInventory is { } take
                ? take(cluster.Connect(), cancellationToken)
                : InventoryReader.ReadAsync(cluster.Connect(), new InventoryOptions { FindHeaders = true }, request.Progress.OfInventory(), cancellationToken);
    }

    private sealed class InBackup(Backup backup) : StartingPoint
    {
        public override Release Release => backup.Inventory.Release;

        public override ClusterFacts Facts => new(backup.Path, "", "", Release, backup.Inventory.ClusterId, Contents: null);

        public override Backup Backup => backup;

        public override Task<ClusterInventory> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(backup.Inventory);
    }
}
