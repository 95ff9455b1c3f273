using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>Says what keeps pods and claims from being ready, with the server's own reasons.</summary>
internal static class PodTroubles
{
    private static readonly HashSet<string> Harmless = ["ContainerCreating", "PodInitializing"];

    /// <summary>What keeps the pods of Pachyderm and their claims waiting; empty where nothing is known.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var troubles = new List<string>();
        foreach (var pod in (await api.ListAsync("Pod", Labels.Suite, cancellationToken)).Where(pod => !Suite.IsForeign(pod)))
        {
            troubles.AddRange(TroublesOf(pod));
        }

        foreach (var claim in await api.ListAsync("PersistentVolumeClaim", Labels.Suite, cancellationToken))
        {
            if (claim.At("status")?.Text("phase") is "Pending" or "Lost")
            {
                troubles.Add($"claim {claim.Name()} is {claim.At("status")!.Text("phase").ToLowerInvariant()}{await LastWarningAsync(api, claim, cancellationToken)}");
            }
        }

        return troubles;
    }

    private static IEnumerable<string> TroublesOf(JsonObject pod)
    {
        var status = pod.At("status") ?? [];
        foreach (var container in status.Items("initContainerStatuses").Concat(status.Items("containerStatuses")))
        {
            if (container.At("state", "waiting") is { } waiting && waiting.Text("reason") is { Length: > 0 } reason && !Harmless.Contains(reason))
            {
                yield return $"pod {pod.Name()}, container {container.Text("name")}: {reason}{Said(waiting.Text("message"))}";
            }
        }

        foreach (var condition in status.Items("conditions").Where(condition => condition.Text("type") == "PodScheduled" && condition.Text("status") == "False"))
        {
            yield return $"pod {pod.Name()} cannot be scheduled: {condition.Text("reason")}{Said(condition.Text("message"))}";
        }
    }

    private static async Task<string> LastWarningAsync(KubeApi api, JsonObject value, CancellationToken cancellationToken)
    {
        var events = await api.ListAsync("Event", "", cancellationToken, $"involvedObject.name={value.Name()}");
        return events.LastOrDefault(happened => happened.Text("type") == "Warning") is { } warning
            ? $": {warning.Text("reason")}{Said(warning.Text("message"))}"
            : "";
    }

    private static string Said(string message) => message.Length > 0 ? $" ({message})" : "";
}
