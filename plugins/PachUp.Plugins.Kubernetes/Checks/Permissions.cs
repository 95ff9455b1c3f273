using System.Collections.Immutable;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Fencing;
using PachUp.Plugins.Kubernetes.Settings;

namespace PachUp.Plugins.Kubernetes.Checks;

/// <summary>The permissions that PachUp may need for each kind of object. The minimal role in <c>rbac.yaml</c> contains the same.</summary>
internal static class Permissions
{
    private static readonly ImmutableArray<string> Everything = ["get", "list", "create", "update", "patch", "delete"];

    private static readonly ImmutableArray<string> ReadingVerbs = ["get", "list", "watch"];

    /// <summary>The verbs for <c>pods/portforward</c>.</summary>
    public static ImmutableArray<string> ForwardVerbs { get; } = ["get", "create"];

    /// <summary>The permissions for a cluster with these settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="isBeside">Whether clients are switched between two deployments, which also changes ingresses.</param>
    public static IEnumerable<KeyValuePair<string, ImmutableArray<string>>> Of(ClusterSettings settings, bool isBeside = false) => ByKind.Where(kind => kind.Key switch
    {
        "NetworkPolicy" => settings.Fence == NetworkPolicyFence.Name,
        "Ingress" => isBeside,
        _ => true,
    });

    /// <summary>The verbs by kind.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> ByKind { get; } = new Dictionary<string, ImmutableArray<string>>
    {
        ["Namespace"] = ["get", "create"],
        ["Pod"] = ["get", "list", "watch", "delete"],
        ["Event"] = ["list"],
        ["ServiceAccount"] = Everything,
        ["ClusterRole"] = Everything,
        ["ClusterRoleBinding"] = Everything,
        ["Role"] = Everything,
        ["RoleBinding"] = Everything,
        ["Secret"] = Everything,
        ["ConfigMap"] = Everything,
        ["Service"] = Everything,
        ["StatefulSet"] = Everything,
        ["ReplicationController"] = Everything,
        ["Deployment"] = Everything,
        ["StorageClass"] = Everything,
        ["PersistentVolume"] = Everything,
        ["PersistentVolumeClaim"] = Everything,
        ["NetworkPolicy"] = ["get", "create", "delete"],
        ["Ingress"] = ["get", "list", "create", "update", "delete"],
        ["Lease"] = ["get", "create", "patch", "delete"],
    }.ToImmutableSortedDictionary();

    /// <summary>
    /// The missing permissions for port forwards to pods, each as <c>get pods/portforward in namespace "default"</c>. Web sockets start with a GET, so
    /// they need "get"; from Kubernetes 1.35 on, they need "create" too.
    /// </summary>
    public static async Task<IReadOnlyList<string>> MissingForForwardsAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var verb in ForwardVerbs)
        {
            if (!await MayForwardAsync(api, verb, cancellationToken))
            {
                missing.Add($"{verb} pods/portforward in namespace \"{api.Namespace}\"");
            }
        }

        return missing;
    }

    /// <summary>The missing permission to read logs, as <c>get pods/log in namespace "default"</c>; null if the user has it.</summary>
    public static async Task<string?> MissingForLogsAsync(KubeApi api, CancellationToken cancellationToken) =>
        await api.IsAllowedAsync("get", api.Catalogue.Get("Pod"), cancellationToken, "log") ? null : $"get pods/log in namespace \"{api.Namespace}\"";

    /// <summary>
    /// All missing permissions, if one of them is needed to read what is deployed. Then nothing can be planned, and the user should learn of all of them at
    /// once. Empty if everything can be read.
    /// </summary>
    /// <param name="api">The API server.</param>
    /// <param name="settings">The settings of the cluster.</param>
    /// <param name="needsForward">Whether pachd is reached only through a port forward.</param>
    /// <param name="cancellationToken">Cancels the questions.</param>
    public static async Task<IReadOnlyList<string>> MissingToReadAsync(
        KubeApi api, ClusterSettings settings, bool needsForward, CancellationToken cancellationToken)
    {
        var reading = Of(settings).Select(kind => KeyValuePair.Create(kind.Key, kind.Value.RemoveAll(verb => !ReadingVerbs.Contains(verb))));
        if ((await MissingAsync(api, reading, cancellationToken)).Count == 0 && (!needsForward || await MayForwardAsync(api, cancellationToken)))
        {
            return [];
        }

        return
        [
            .. await MissingAsync(api, Of(settings), cancellationToken),
            .. await MissingForForwardsAsync(api, cancellationToken),
            .. await MissingForLogsAsync(api, cancellationToken) is { } log ? [log] : Array.Empty<string>(),
        ];
    }

    /// <summary>The missing permissions of a connection's user, each as <c>delete deployments in namespace "default"</c>.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(
        KubeApi api, IEnumerable<KeyValuePair<string, ImmutableArray<string>>> wanted, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var (kind, verbs) in wanted)
        {
            foreach (var verb in verbs)
            {
                if (api.Catalogue.Find(kind) is { } resource && !await api.IsAllowedAsync(verb, resource, cancellationToken))
                {
                    missing.Add($"{verb} {resource.Plural}{(resource.Namespaced ? $" in namespace \"{api.Namespace}\"" : "")}");
                }
            }
        }

        return missing;
    }

    private static async Task<bool> MayForwardAsync(KubeApi api, CancellationToken cancellationToken) =>
        await MayForwardAsync(api, "get", cancellationToken)
        && (!(await ServerVersion.ReadAsync(api, cancellationToken)).AsksCreateForForwards || await MayForwardAsync(api, "create", cancellationToken));

    private static Task<bool> MayForwardAsync(KubeApi api, string verb, CancellationToken cancellationToken) =>
        api.IsAllowedAsync(verb, api.Catalogue.Get("Pod"), cancellationToken, "portforward");
}
