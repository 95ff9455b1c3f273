using System.Net;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Records;
using PachUp.Sdk;

namespace PachUp.Engine.Remote;

/// <summary>Refuses a plan with --in-cluster if it needs something that only this machine has.</summary>
internal static class RemoteObstacles
{
    /// <exception cref="StepFailedException">The plan needs something of this machine. The message names the first such thing.</exception>
    public static void ThrowIfAny(PlannedMigration plan, string stateDirectory, string? shippedPlugins)
    {
        ThrowIfBackup(plan);
        ThrowIfArchiveElsewhere(plan, stateDirectory);
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
                $"the plan restores \"{backup.Path}\", a file on this machine that is not available in the cluster", "Apply this plan from this machine, without --in-cluster.");
        }
    }

    private static void ThrowIfArchiveElsewhere(PlannedMigration plan, string stateDirectory)
    {
        var state = Path.GetFullPath(stateDirectory) + Path.DirectorySeparatorChar;
        if (plan.RequireContext().ArchivePath is { } path && !Path.GetFullPath(path).StartsWith(state, StringComparison.Ordinal))
        {
            throw StepFailedException.Refused(
                $"the plan writes its archive to \"{path}\", but in the cluster only files below {stateDirectory} are kept",
                $"Use the default path, which is in the run directory, or choose a path below {stateDirectory}.");
        }
    }

    private static void ThrowIfLoopback(PlannedCluster cluster)
    {
        if (!cluster.IsReachedByPlatform && IsLoopback(cluster.Address.Host))
        {
            throw StepFailedException.Refused(
                $"the address of the {cluster.Name} is {cluster.Address} (from {cluster.Address.Origin}), which means this machine and does not work in the cluster",
                "Omit the address, so that PachUp finds the pod of pachd, or give an address that works in the cluster.");
        }

        if (cluster.Address.Peer is { } peer && IsLoopback(peer.Host))
        {
            throw StepFailedException.Refused(
                $"the peer port of the {cluster.Name} is {peer} (from {peer.Origin}), which means this machine and does not work in the cluster",
                "Omit the peer port. In the cluster PachUp finds it through the pod of pachd.");
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
                $"the plan uses {string.Join(", ", foreign.Select(plugin => $"the plugin {plugin.Name}"))}, which does not ship with PachUp and is not in its image",
                "Build an image with the plugin in the folder \"plugins\" beside the tool. Then give --image IMAGE and --plugins-in-image.");
        }
    }
}
