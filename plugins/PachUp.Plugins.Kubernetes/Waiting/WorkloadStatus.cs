using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>The state of Pachyderm's workloads, pods and claims at one moment, and what keeps them from being ready.</summary>
/// <param name="Version">The version of the pods, from which to watch.</param>
/// <param name="Unready">The workloads that are not ready, in words.</param>
/// <param name="Pods">The existing pods, in words.</param>
/// <param name="Troubles">Why pods and claims wait, with the server's own reasons.</param>
internal sealed record WorkloadStatus(string Version, IReadOnlyList<string> Unready, IReadOnlyList<string> Pods, IReadOnlyList<string> Troubles)
{
    /// <summary>The pods that are not ready, without those of workers and those that are being deleted.</summary>
    public IReadOnlyList<JsonObject> UnreadyPods { get; private init; } = [];

    /// <summary>The claims without a volume.</summary>
    public IReadOnlyList<UnboundClaim> UnboundClaims { get; private init; } = [];

    /// <summary>Reads the state.</summary>
    /// <param name="api">The namespace.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<WorkloadStatus> LookAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var (listed, version) = await api.ListAtAsync("Pod", Labels.Suite, cancellationToken);
        var pods = listed.Where(pod => !Suite.IsForeign(pod)).ToList();
        var workloads = await WorkloadsAsync(api, cancellationToken);
        var unready = workloads.Where(workload => !Workload.IsReady(workload)).ToList();
        var troubles = unready.Count > 0 ? await Waiting.Troubles.ReadAsync(api, unready, pods, cancellationToken) : null;
        return new WorkloadStatus(version, [.. unready.Select(Workload.Describe)], [.. pods.Select(PodState.Describe)], troubles?.Texts ?? [])
        {
            UnreadyPods = unready.Count > 0 ? [.. pods.Where(IsStarting)] : [],
            UnboundClaims = troubles?.Claims ?? [],
        };
    }

    /// <summary>Reads only the pods.</summary>
    /// <param name="api">The namespace.</param>
    /// <param name="selector">Selects the pods.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<WorkloadStatus> LookAtPodsAsync(KubeApi api, string selector, CancellationToken cancellationToken)
    {
        var (pods, version) = await api.ListAtAsync("Pod", selector, cancellationToken);
        return new WorkloadStatus(version, [], [.. pods.Where(pod => !Suite.IsForeign(pod)).Select(PodState.Describe)], []);
    }

    private static bool IsStarting(JsonObject pod) => !PodState.IsReady(pod) && !Suite.IsOfWorkers(pod) && pod.Metadata()["deletionTimestamp"] is null;

    private static async Task<List<JsonObject>> WorkloadsAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var workloads = new List<JsonObject>();
        foreach (var kind in DeployedKinds.Workloads)
        {
            workloads.AddRange(await api.ListAsync(kind, Labels.Suite, cancellationToken));
        }

        return [.. workloads.Where(workload => !Suite.IsForeign(workload) && !Suite.IsOfWorkers(workload))];
    }
}
