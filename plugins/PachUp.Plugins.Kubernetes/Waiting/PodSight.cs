using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>What the workloads of Pachyderm, their pods and claims are like at one moment, and what is in their way.</summary>
/// <param name="Version">Where the history of pods stands, to watch from there on.</param>
/// <param name="Unready">The workloads that do not run what they should yet, in words.</param>
/// <param name="Pods">The pods that are there, in words.</param>
/// <param name="Troubles">What keeps pods and claims waiting, with the server's own reasons.</param>
internal sealed record PodSight(string Version, IReadOnlyList<string> Unready, IReadOnlyList<string> Pods, IReadOnlyList<string> Troubles)
{
    /// <summary>Looks.</summary>
    public static async Task<PodSight> LookAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var (listed, version) = await api.ListAtAsync("Pod", Labels.Suite, cancellationToken);
        var pods = listed.Where(pod => !Suite.IsForeign(pod)).ToList();
        var workloads = await WorkloadsAsync(api, cancellationToken);
        var unready = workloads.Where(workload => !Workload.IsReady(workload)).ToList();
        var troubles = unready.Count > 0 ? await Waiting.Troubles.FindAsync(api, unready, pods, cancellationToken) : [];
        return new PodSight(version, [.. unready.Select(Workload.Describe)], [.. pods.Select(PodState.Describe)], troubles);
    }

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
