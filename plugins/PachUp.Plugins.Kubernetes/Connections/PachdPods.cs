using System.Text.Json.Nodes;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Waiting;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>Finds the pod of pachd in a namespace, or says why there is none.</summary>
internal static class PachdPods
{
    private const string Selector = Labels.Pachd;

    /// <summary>
    /// A ready pod of pachd, as it was in the last seconds: who cannot connect to it, forgets it and asks again. A pod that is being deleted is taken only if
    /// there is no other.
    /// </summary>
    /// <exception cref="ForwardException">There is none, or the pods cannot be listed; the exception says why.</exception>
    /// <exception cref="KubeException">The API server does not answer.</exception>
    public static async Task<JsonObject> FindReadyAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var pods = await ListAsync(api, cancellationToken);
        if (pods.Where(PodState.IsReady).OrderBy(pod => pod.Metadata()["deletionTimestamp"] is not null).FirstOrDefault() is { } ready)
        {
            return ready;
        }

        api.Transport.ForgetRecent("Pod");
        throw await ExplainAsync(api, pods, cancellationToken);
    }

    /// <summary>Why a namespace has no pachd, and which namespaces have one.</summary>
    /// <exception cref="KubeException">The API server does not answer.</exception>
    public static async Task<ConnectionTrouble> ExplainAbsenceAsync(KubeApi api, CancellationToken cancellationToken) => new(
        await IsNamespaceMissingAsync(api, cancellationToken)
            ? $"namespace \"{api.Namespace}\" does not exist"
            : $"there is no pachd in namespace \"{api.Namespace}\"",
        await NameOthersAsync(api, cancellationToken));

    /// <summary>Whether the namespace certainly does not exist.</summary>
    /// <exception cref="KubeException">The API server does not answer.</exception>
    public static Task<bool> IsNamespaceMissingAsync(KubeApi api, CancellationToken cancellationToken) => IfAllowedAsync(
        async () => await api.FindAsync(api.Catalogue.Get("Namespace"), api.Namespace, cancellationToken) is null, otherwise: false);

    private static async Task<IReadOnlyList<JsonObject>> ListAsync(KubeApi api, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ListRecentAsync("Pod", Selector, cancellationToken);
        }
        catch (KubeException e) when (e.IsForbidden)
        {
            // Permissions are usually granted in single namespaces. So a wrong name of a namespace looks like a missing permission.
            throw new ForwardException(
                await IsNamespaceMissingAsync(api, cancellationToken)
                    ? await ExplainAbsenceAsync(api, cancellationToken)
                    : new ConnectionTrouble(
                        $"the user of the kubeconfig may not list pods in namespace \"{api.Namespace}\" ({e.Message.TrimEnd('.')})",
                        "Grant \"list\" for pods, or check the name of the namespace.")
                    {
                        MayPass = api.Transport.MayPass(e),
                    },
                e);
        }
    }

    private static async Task<ForwardException> ExplainAsync(KubeApi api, IReadOnlyList<JsonObject> pods, CancellationToken cancellationToken)
    {
        var workloads = new List<JsonObject>();
        foreach (var kind in DeployedKinds.Workloads)
        {
            workloads.AddRange(await IfAllowedAsync(() => api.ListAsync(kind, Selector, cancellationToken), otherwise: []));
        }

        if (pods.Count == 0 && workloads.Count == 0)
        {
            return new ForwardException(await ExplainAbsenceAsync(api, cancellationToken));
        }

        var troubles = await IfAllowedAsync(
            async () => (await Troubles.ReadAsync(api, workloads, pods, cancellationToken, Selector)).Texts, otherwise: [.. pods.SelectMany(PodState.TroublesOf)]);
        var states = pods.Count > 0 ? pods.Select(PodState.Describe) : workloads.Select(workload => Workload.Describe(workload, troubles.Count > 0));
        return new ForwardException(new ConnectionTrouble(
            $"no pod of pachd is ready in namespace \"{api.Namespace}\" ({string.Join("; ", states.Concat(troubles))})",
            $"Look with \"kubectl -n {api.Namespace} describe pods -l {Selector}\", and remove the cause."))
        {
            MayComeBack = true,
        };
    }

    private static async Task<string> NameOthersAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var all = await IfAllowedAsync<IReadOnlyList<JsonObject>?>(
            async () => await api.ListEverywhereAsync("Pod", Selector, cancellationToken), otherwise: null);
        var names = all?.Select(pod => pod.Namespace()).Distinct().Order(StringComparer.Ordinal).ToList();
        return names switch
        {
            null => "Give its namespace with --namespace, or another cluster with --kube-context. The user of the kubeconfig may not list the pods of all namespaces, "
                + "so PachUp cannot name those with a pachd.",
            [] => "No namespace of this cluster has a pod of pachd. Choose another cluster with --kube-context.",
            _ => $"Give its namespace with --namespace. There is a pachd in: {string.Join(", ", names)}.",
        };
    }

    private static async Task<T> IfAllowedAsync<T>(Func<Task<T>> read, T otherwise)
    {
        try
        {
            return await read();
        }
        catch (KubeException e) when (e.IsForbidden)
        {
            return otherwise;
        }
    }
}
