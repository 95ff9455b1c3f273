using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>
/// The connections that clients opened before a fence. They stay open, because a service and a network policy only decide about new ones, and so they end with
/// the pod that they lead to: Kubernetes starts another pod, which no client reaches.
/// </summary>
internal sealed class OpenConnections(KubeApi api, IStepExecution execution)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);

    /// <summary>Ends them, and waits until another pod is ready. Doing it again is harmless.</summary>
    /// <exception cref="StepFailedException">No other pod is ready in time; the message says why.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var old = await api.ListAsync("Pod", Labels.Pachd, cancellationToken);
        foreach (var pod in old)
        {
            await api.DeleteAsync(pod, cancellationToken);
        }

        await UntilReplacedAsync(old, cancellationToken);
    }

    /// <summary>
    /// Waits until connections are possible again. If a fence is taken down before the new pod has started, the next steps of the rollback need that pod.
    /// </summary>
    /// <exception cref="StepFailedException">No pod is ready in time; the message says why.</exception>
    public Task UntilPossibleAsync(CancellationToken cancellationToken) => UntilReplacedAsync([], cancellationToken);

    // Where nothing manages pods, none comes: pachd is then reached at an address and runs elsewhere.
    private async Task UntilReplacedAsync(IReadOnlyList<JsonObject> old, CancellationToken cancellationToken)
    {
        if (old.Count > 0 || (await api.ListAsync("Deployment", Labels.Pachd, cancellationToken)).Any(Workload.KeepsPods))
        {
            await new Readiness(api, execution).UntilReplacedAsync(old.Select(pod => pod.Uid()).ToHashSet(StringComparer.Ordinal), Timeout, cancellationToken);
        }
    }
}
