using System.Net;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Records;
using PachUp.Sdk;

namespace PachUp.Engine.Remote;

/// <summary>Finds what a plan needs of this machine, and so cannot have beside the clusters.</summary>
internal static class RemoteObstacles
{
    /// <exception cref="StepFailedException">There is something; the message names the first.</exception>
    public static void ThrowIfAny(PlannedMigration plan, RemotePlaces places, string? shippedPlugins)
    {
        ThrowIfBackup(plan);
        ThrowIfArchiveElsewhere(plan, places);
        ThrowIfLoopback(plan.Clusters.Source);
        ThrowIfLoopback(plan.Clusters.Target);
        if (shippedPlugins is not null)
        {
            ThrowIfForeignPlugin(plan, shippedPlugins);
        }
    }

    private static void ThrowIfBackup(PlannedMigration plan)
    {
        if (plan.Preview.Backup is { } backup)
        {
            throw StepFailedException.Refused(
                $"the plan restores \"{backup.Path}\", which is on this machine and not beside the cluster", "Carry this plan out from here, without --in-cluster.");
        }
    }

    private static void ThrowIfArchiveElsewhere(PlannedMigration plan, RemotePlaces places)
    {
        var state = Path.GetFullPath(places.State) + Path.DirectorySeparatorChar;
        if (plan.RequireContext().ArchivePath is { } path && !Path.GetFullPath(path).StartsWith(state, StringComparison.Ordinal))
        {
            throw StepFailedException.Refused(
                $"the plan writes its archive to \"{path}\", and beside the cluster only what is below {places.State} is kept",
                $"Leave the archive in the run directory, which is the default, or choose a path below {places.State}.");
        }
    }

    private static void ThrowIfLoopback(PlannedCluster cluster)
    {
        if (!cluster.IsReachedByPlatform && IsLoopback(cluster.Address.Host))
        {
            throw StepFailedException.Refused(
                $"the {cluster.Name} is at {cluster.Address} (from {cluster.Address.Origin}), which is this machine and means another one beside the cluster",
                "Leave the address out, so that pachd is found by its pod, or give one that works in the cluster.");
        }

        if (cluster.Address.Peer is { } peer && IsLoopback(peer.Host))
        {
            throw StepFailedException.Refused(
                $"the peer port of the {cluster.Name} is {peer} (from {peer.Origin}), which is this machine and means another one beside the cluster",
                "Leave it out: in the cluster the peer port is found by pachd's pod.");
        }
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static void ThrowIfForeignPlugin(PlannedMigration plan, string shippedPlugins)
    {
        var shipped = Path.GetFullPath(shippedPlugins) + Path.DirectorySeparatorChar;
        var foreign = plan.Plugins.Where(plugin => RunOrigin.IsUsed(plugin, plan) && !plugin.Path.StartsWith(shipped, StringComparison.Ordinal)).ToList();
        if (foreign.Count > 0)
        {
            throw StepFailedException.Refused(
                $"the plan uses {string.Join(", ", foreign.Select(plugin => $"the plugin {plugin.Name}"))}, which did not ship with PachUp and so is not in its image",
                "Build an image that has it beside the tool, in the folder \"plugins\", name the image with --image, and say --plugins-in-image.");
        }
    }
}
