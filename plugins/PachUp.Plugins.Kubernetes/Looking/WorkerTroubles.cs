using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.Looking;

/// <summary>Finds out which pipelines do not work because pods of their workers do not start: an image, a quota, a node.</summary>
internal static class WorkerTroubles
{
    // Each costs two calls. Usually all have the same cause.
    private const int MostPipelines = 10;

    /// <summary>The pipelines whose workers have not all started, and why.</summary>
    public static async Task<WorkersState> LookAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var workers = (await api.ListAsync("ReplicationController", Labels.Workers, cancellationToken)).Where(controller => !Workload.IsReady(controller)).ToList();
        return workers.Count == 0
            ? new WorkersState([], [])
            : new WorkersState(
                [.. workers.Select(controller => controller.Label(Labels.Pipeline)).Distinct().Order(StringComparer.Ordinal)],
                await ReadAsync(api, workers, await api.ListAsync("Pod", Labels.Workers, cancellationToken), cancellationToken));
    }

    /// <summary>The reasons, each with its pipeline.</summary>
    /// <param name="api">The namespace.</param>
    /// <param name="workers">The objects of workers.</param>
    /// <param name="pods">The pods of the namespace.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ImmutableArray<string>> ReadAsync(
        KubeApi api, IReadOnlyList<JsonObject> workers, IReadOnlyList<JsonObject> pods, CancellationToken cancellationToken)
    {
        var troubles = ImmutableArray.CreateBuilder<string>();
        foreach (var controller in workers.Where(value => value.Kind() == "ReplicationController" && !Workload.IsReady(value)).Take(MostPipelines))
        {
            var own = pods.Where(pod => pod.Label(Labels.App) == controller.Label(Labels.App)).ToList();
            var found = await Troubles.ReadAsync(api, [controller], own, cancellationToken, $"{Labels.Suite},{Labels.App}={controller.Label(Labels.App)}");
            troubles.AddRange(found.Texts.Select(text => $"pipeline \"{controller.Label(Labels.Pipeline)}\": {text}"));
        }

        return troubles.ToImmutable();
    }
}
