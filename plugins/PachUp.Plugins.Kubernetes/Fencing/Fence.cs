using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>
/// Keeps clients out: the services of pachd and dash lead nowhere while the fence is up, and PachUp comes in through a port forward to the pod.
/// What a service was like before is kept on the service itself, so that the fence can be taken down exactly, also after a crash, and by another machine.
/// </summary>
internal sealed class Fence(KubeApi api, IFencing fencing)
{
    private static readonly string[] Fenced = ["pachd", "dash"];

    /// <summary>The services that clients come through.</summary>
    public async Task<IReadOnlyList<JsonObject>> ServicesAsync(CancellationToken cancellationToken)
    {
        var services = await api.ListAsync("Service", Labels.Suite, cancellationToken);
        return [.. services.Where(service => fencing.IncludesEtcd && service.Name() == "etcd" || Fenced.Contains(service.Name()))];
    }

    /// <summary>Puts it up; harmless where it is up.</summary>
    public async Task PutUpAsync(CancellationToken cancellationToken)
    {
        foreach (var service in await ServicesAsync(cancellationToken))
        {
            if (service.Annotation(Labels.Unfenced).Length == 0)
            {
                var fenced = service.Copy();
                fenced.Metadata().Child("annotations")[Labels.Unfenced] = fencing.PartOf(service.Spec()).ToJsonString();
                fencing.Close(fenced.Spec());
                await api.ReplaceAsync(fenced, cancellationToken);
            }
        }
    }

    /// <summary>Takes it down; harmless where it is down.</summary>
    public async Task TakeDownAsync(CancellationToken cancellationToken)
    {
        foreach (var service in await api.ListAsync("Service", Labels.Suite, cancellationToken))
        {
            if (service.Annotation(Labels.Unfenced) is { Length: > 0 } before)
            {
                await api.ReplaceAsync(Unfenced(service, before), cancellationToken);
            }
        }
    }

    /// <summary>A service as it was before the fence.</summary>
    public static JsonObject Unfenced(JsonObject service, string before)
    {
        var open = service.Copy();
        open.Metadata().Child("annotations").Remove(Labels.Unfenced);
        foreach (var (name, value) in JsonNode.Parse(before)!.AsObject())
        {
            open.Spec()[name] = value?.DeepClone();
        }

        return open;
    }
}
