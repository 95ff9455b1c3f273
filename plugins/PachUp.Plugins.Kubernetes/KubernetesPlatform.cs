using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Actions;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.InCluster;
using PachUp.Plugins.Kubernetes.Locking;
using PachUp.Plugins.Kubernetes.Looking;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Plugins.Kubernetes.Undeploying;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes;

/// <summary>
/// Clusters on Kubernetes that were deployed by <c>pachctl deploy</c> or in the same way. PachUp only uses the Kubernetes API, with the permissions
/// of the
/// kubeconfig's user.
/// </summary>
internal sealed partial class KubernetesPlatform : IReachingPlatform, IPeerPlatform, ILookingPlatform, ILockingPlatform, IMetadataLimitPlatform,
    IWorkerPlatform, IRunEndPlatform
{
    private readonly PachdForwards _forwards = new();
    private readonly HeldLocks _locks = new();

    /// <inheritdoc/>
    public string Name => ClusterSettings.Platform;

    /// <inheritdoc/>
    public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            var actionContext = await ActionContext.OpenAsync(cluster, context, cancellationToken);
            return await KubernetesActions.Of(action, actionContext).PreviewAsync(context, cancellationToken);
        });

    /// <inheritdoc/>
    public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            var actionContext = await ActionContext.OpenAsync(cluster, execution, cancellationToken);
            return await KubernetesActions.Of(action, actionContext).ExecuteAsync(execution, cancellationToken);
        });

    /// <inheritdoc/>
    public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            var actionContext = await ActionContext.OpenAsync(cluster, execution, cancellationToken);
            return await KubernetesActions.Of(action, actionContext).RevertAsync(execution, cancellationToken);
        });

    /// <inheritdoc/>
    public string DescribeRevert(PlatformAction action, ICluster cluster, IStepContext context) => action switch
    {
        PlatformAction.Save => "Nothing to undo: the saved manifests stay in the run directory.",
        PlatformAction.Fence => "Lets clients in again, as before.",
        PlatformAction.Unfence => "Keeps clients out again, until the fence itself is undone.",
        PlatformAction.Switch => "Leads clients to the old deployment again: gives back its node ports, fixed addresses, DNS names and ingresses.",
        PlatformAction.Undeploy => "Deploys the saved manifests again on the kept volumes, and waits until the deployment is ready.",
        PlatformAction.Deploy deploy => $"Removes {deploy.Release}; its volumes stay until you delete them.",
        _ => "Nothing to undo: this step only waited.",
    };

    /// <inheritdoc/>
    public Task<ClusterAddress> ReachAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var cluster = ClusterSettings.Read("the cluster", settings);
        var api = await KubeConnection.OpenAsync(cluster.Connection, PachdTimeouts.Default, cancellationToken);
        await RequireReadableAsync(api, cluster, needsForward: true, cancellationToken);
        return _forwards.AddressOf(api);
    });

    /// <inheritdoc/>
    public PeerOffer OfferPeer(ImmutableSortedDictionary<string, string> settings) => new("a port forward to the peer port of pachd's pod", async cancellationToken =>
    {
        try
        {
            var api = await KubeConnection.OpenAsync(ClusterSettings.Read("the cluster", settings).Connection, PachdTimeouts.Default, cancellationToken);
            return await _forwards.OpenPeerAsync(api, cancellationToken);
        }
        catch (Exception e) when (e is KubeException or StepFailedException)
        {
            throw new AddressException(e.Message, e);
        }
    });

    /// <inheritdoc/>
    public Task<bool> IsDeployedAsync(ICluster cluster, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var api = await KubeConnection.OpenAsync(cluster, cancellationToken);
        return (await Suite.ReadRecentWorkloadsAsync(api, cancellationToken)).HasPachd;
    });

    /// <inheritdoc/>
    public Task<ConnectionTrouble> ExplainAbsenceAsync(ICluster cluster, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var api = await KubeConnection.OpenAsync(cluster, cancellationToken);
        return await PachdPods.ExplainAbsenceAsync(api, cancellationToken);
    });

    /// <inheritdoc/>
    public Task<ImmutableArray<DeploymentFact>> LookAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            var cluster = ClusterSettings.Read("the cluster", settings);
            var api = await KubeConnection.OpenAsync(cluster.Connection, PachdTimeouts.Default, cancellationToken);
            await RequireReadableAsync(api, cluster, needsForward: false, cancellationToken);
            if (await PachdPods.IsNamespaceMissingAsync(api, cancellationToken))
            {
                var trouble = await PachdPods.ExplainAbsenceAsync(api, cancellationToken);
                throw new StepFailedException(trouble.Found, trouble.Remedy);
            }

            return InstallationFacts.Of(await InstallationReader.ReadAsync(api, cancellationToken)).AddRange(await new NamespaceLock(api).DescribeAsync(cancellationToken));
        });

    /// <inheritdoc/>
    public Task<int?> GetTransactionLimitAsync(ICluster cluster, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var api = await KubeConnection.OpenAsync(cluster, cancellationToken);
        var etcd = (await Suite.ReadRecentWorkloadsAsync(api, cancellationToken)).Deployed.Workload("etcd");
        return etcd is null ? null : EtcdArguments.TransactionLimitOf(etcd);
    });

    /// <inheritdoc/>
    public Task<WorkersState> LookAtWorkersAsync(ICluster cluster, CancellationToken cancellationToken) => GuardAsync(async () =>
        await WorkerTroubles.LookAsync(await KubeConnection.OpenAsync(cluster, cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public Task<string?> EndRunAsync(ICluster cluster, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var volumes = await new RetainedVolumes(await KubeConnection.OpenAsync(cluster, cancellationToken)).SetBackAsync(cancellationToken);
        return volumes.Count > 0 ? $"The reclaim policy is as it was before the run: {string.Join(", ", volumes.Select(volume => volume.Title()))}." : null;
    });

    /// <inheritdoc/>
    public Task<LockHolder?> TryLockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken) =>
        GuardAsync(async () => await _locks.Of(await KubeConnection.OpenAsync(cluster, cancellationToken)).TryTakeAsync(holder, cancellationToken));

    /// <inheritdoc/>
    public Task<LockHolder?> FindLockAsync(ICluster cluster, CancellationToken cancellationToken) =>
        GuardAsync(async () => await (await LockOfAsync(cluster, cancellationToken)).FindRecentHolderAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<LockHolder?> UpdateLockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken) =>
        GuardAsync(async () => await _locks.Of(await KubeConnection.OpenAsync(cluster, cancellationToken)).UpdateAsync(holder, cancellationToken));

    /// <inheritdoc/>
    public Task<bool?> IsRunningAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken) => GuardAsync(async () =>
        await JobPods.IsRunningAsync(await KubeConnection.OpenAsync(cluster, cancellationToken), holder, cancellationToken));

    /// <inheritdoc/>
    public Task UnlockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await _locks.Of(await KubeConnection.OpenAsync(cluster, cancellationToken)).GiveBackAsync(holder, cancellationToken);
        return true;
    });

    // Asked before anything is read, so that all missing permissions are named, and not one at each attempt.
    private static async Task RequireReadableAsync(KubeApi api, ClusterSettings settings, bool needsForward, CancellationToken cancellationToken)
    {
        var missing = await Permissions.MissingToReadAsync(api, settings, needsForward, cancellationToken);
        if (missing.Count == 0 || await PachdPods.IsNamespaceMissingAsync(api, cancellationToken))
        {
            return;
        }

        throw new StepFailedException(
            $"permissions of the kubeconfig's user are missing: {string.Join(", ", missing)}",
            "Grant them (rbac.yaml of the plugin PachUp.Plugins.Kubernetes has the roles), or check the name of the namespace, or use another context with "
                + $"--kube-context.{(needsForward ? " Instead of the permissions for port forwards, you can give the address of pachd with --source or --target." : "")}")
        {
            Kind = FailureKind.Refused,
        };
    }

    private static async Task<NamespaceLock> LockOfAsync(ICluster cluster, CancellationToken cancellationToken) =>
        new(await KubeConnection.OpenAsync(cluster, cancellationToken));

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (KubeException e) when (e.IsForbidden)
        {
            throw new StepFailedException(
                $"Kubernetes does not allow it: {e.Message}",
                "Give the user of the kubeconfig this permission. All permissions that PachUp needs are in rbac.yaml of the plugin PachUp.Plugins.Kubernetes.",
                e);
        }
        catch (KubeException e) when (e.IsUnauthorized)
        {
            throw new StepFailedException(
                $"Kubernetes: {e.Message}", "Log in again, or correct the token or the login plugin of the kubeconfig. Then resume the run.", e);
        }
        catch (KubeException e)
        {
            throw new StepFailedException($"Kubernetes: {e.Message}", "Correct what the message names, then resume the run.", e);
        }
    }
}
