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
    private IReadOnlyList<JsonObject> Existing { get; init; } = [];

    /// <summary>The pods that are not ready, without those of workers and those that are being deleted.</summary>
    public IReadOnlyList<JsonObject> UnreadyPods { get; private init; } = [];

    /// <summary>The pods among them that have no node, and get none by themselves.</summary>
    public IReadOnlyList<JsonObject> UnscheduledPods { get; private init; } = [];

    /// <summary>The workloads whose pods the server refuses.</summary>
    public IReadOnlyList<RefusedPods> RefusedPods { get; private init; } = [];

    /// <summary>The claims without a volume.</summary>
    public IReadOnlyList<UnboundClaim> UnboundClaims { get; private init; } = [];

    /// <summary>Reads the state.</summary>
    /// <param name="api">The namespace.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="selector">Selects the workloads and their pods.</param>
    public static async Task<WorkloadStatus> LookAsync(KubeApi api, CancellationToken cancellationToken, string selector = Labels.Suite)
    {
        var (listed, version) = await api.ListAtAsync("Pod", selector, cancellationToken);
        var pods = listed.Where(pod => !Suite.IsForeign(pod)).ToList();
        var workloads = await WorkloadsAsync(api, selector, cancellationToken);
        var unready = workloads.Where(workload => !Workload.IsReady(workload)).ToList();
        var troubles = unready.Count > 0 ? await Waiting.Troubles.ReadAsync(api, unready, pods, cancellationToken) : null;
        var isReasonKnown = troubles is { Texts.Count: > 0 };
        return new WorkloadStatus(
            version, [.. unready.Select(workload => Workload.Describe(workload, isReasonKnown))], [.. pods.Select(PodState.Describe)], troubles?.Texts ?? [])
        {
            Existing = pods,
            UnreadyPods = unready.Count > 0 ? [.. pods.Where(IsStarting)] : [],
            UnscheduledPods = [.. troubles?.Unscheduled.Where(IsStarting) ?? []],
            RefusedPods = troubles?.Refused ?? [],
            UnboundClaims = troubles?.Claims ?? [],
        };
    }

    /// <summary>Whether pods are gone and another one accepts calls.</summary>
    /// <param name="old">The uids of these pods.</param>
    public bool AreReplaced(IReadOnlySet<string> old) => Existing.Any(PodState.IsReady) && !Existing.Any(pod => old.Contains(pod.Uid()));

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

    private static async Task<List<JsonObject>> WorkloadsAsync(KubeApi api, string selector, CancellationToken cancellationToken)
    {
        var workloads = new List<JsonObject>();
        foreach (var kind in DeployedKinds.Workloads)
        {
            workloads.AddRange(await api.ListAsync(kind, selector, cancellationToken));
        }

        return [.. workloads.Where(workload => !Suite.IsForeign(workload) && !Suite.IsOfWorkers(workload))];
    }
}
