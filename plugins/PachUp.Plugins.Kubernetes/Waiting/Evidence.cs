using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>Reads what helps to find out why something does not start: the end of logs, and events. What cannot be read is said; it never fails.</summary>
internal static class Evidence
{
    private const int LogLines = 20;
    private const int MostEvents = 10;

    /// <summary>The last lines of the logs of a pod's containers, that of an earlier start included, line by line.</summary>
    public static async Task<ImmutableArray<string>> LogsOfAsync(KubeApi api, JsonObject pod, CancellationToken cancellationToken)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var container in PodState.Containers(pod).Where(HasRun).Select(container => container.Text("name")))
        {
            var last = await ReadAsync(api, pod.Name(), container, wantsPrevious: false, cancellationToken);
            var previous = await ReadAsync(api, pod.Name(), container, wantsPrevious: true, cancellationToken);
            if (previous.Count > 0 && !previous.SequenceEqual(last))
            {
                lines.Add($"The last lines of the log of container {container} of pod {pod.Name()}, before its last start:");
                lines.AddRange(previous.Select(line => $"  {line}"));
            }

            lines.Add($"The last lines of the log of container {container} of pod {pod.Name()}:");
            lines.AddRange(last.DefaultIfEmpty("(empty)").Select(line => $"  {line}"));
        }

        return lines.ToImmutable();
    }

    /// <summary>The last events about an object, line by line.</summary>
    public static async Task<ImmutableArray<string>> EventsOfAsync(KubeApi api, string name, CancellationToken cancellationToken)
    {
        try
        {
            var events = await api.ListAsync("Event", "", cancellationToken, $"involvedObject.name={name}");
            var lines = events.OrderBy(ClusterEvents.TimeOf, StringComparer.Ordinal).TakeLast(MostEvents).Select(Describe).ToList();
            return lines.Count > 0 ? [$"The last events of {name}:", .. lines] : [];
        }
        catch (KubeException e)
        {
            return [$"The events of {name} cannot be read: {e.Message}"];
        }
    }

    private static string Describe(JsonObject happened) =>
        $"  {ClusterEvents.TimeOf(happened)} {happened.Text("type")} {happened.Text("reason")}: {happened.Text("message").ReplaceLineEndings(" ").Trim()}"
            + (happened.Number("count") > 1 ? $" ({happened.Number("count")} times)" : "");

    private static bool HasRun(JsonObject container) =>
        container.Number("restartCount") > 0 || container.At("state", "running") is not null || container.At("state", "terminated") is not null;

    /// <returns>The lines; why they cannot be read; or nothing if the container was not started before.</returns>
    private static async Task<IReadOnlyList<string>> ReadAsync(KubeApi api, string pod, string container, bool wantsPrevious, CancellationToken cancellationToken)
    {
        var path = $"{api.Catalogue.Get("Pod").PathOf(api.Namespace, pod)}/log?container={container}&tailLines={LogLines}{(wantsPrevious ? "&previous=true" : "")}";
        try
        {
            return await api.Transport.ReadLinesAsync(path, cancellationToken).ToListAsync(cancellationToken);
        }
        catch (KubeException e) when (e.IsForbidden)
        {
            return
            [
                $"(not shown, because the user of the kubeconfig lacks the permission \"get pods/log\" in namespace \"{api.Namespace}\". Look with: "
                    + $"kubectl -n {api.Namespace} logs {pod} -c {container} --previous)",
            ];
        }
        catch (Exception e) when (e is KubeException or IOException)
        {
            return wantsPrevious ? [] : [$"(cannot be read: {e.Message})"];
        }
    }
}
