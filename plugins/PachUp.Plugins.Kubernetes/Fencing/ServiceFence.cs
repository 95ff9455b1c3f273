using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.NodePorts;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>A fence that closes services. The former state of a service is stored on the service itself.</summary>
internal sealed class ServiceFence(KubeApi api, IServiceClosing closing) : IFence
{
    private static readonly string[] ServicesOfClients = ["pachd", "dash"];

    public ImmutableArray<string> Notes => closing.Notes;

    public async Task<ImmutableArray<Effect>> PreviewAsync(CancellationToken cancellationToken) =>
        [.. (await ServicesAsync(cancellationToken)).Select(service => new Effect("fence", service.Title(), closing.Describe(service.Spec())))];

    public async Task<ImmutableArray<Effect>> PreviewOpeningAsync(CancellationToken cancellationToken) =>
        [.. (await ServicesAsync(cancellationToken)).Select(service => new Effect("open", service.Title(), "as it was before the fence"))];

    public async Task PutUpAsync(string run, CancellationToken cancellationToken)
    {
        foreach (var service in (await ServicesAsync(cancellationToken)).Where(service => !IsClosed(service)))
        {
            await CarefulChange.MakeAsync(api, service, seen => api.ReplaceAsync(Fenced(seen, run), cancellationToken), cancellationToken);
        }
    }

    public async Task TakeDownAsync(CancellationToken cancellationToken)
    {
        foreach (var service in (await api.ListAsync("Service", Labels.Suite, cancellationToken)).Where(IsClosed))
        {
            await CarefulChange.MakeAsync(api, service, seen => OpenAsync(Unfenced(seen), cancellationToken), cancellationToken);
        }
    }

    public DeploymentManifests Closed(DeploymentManifests manifests, string run) =>
        new(manifests.Objects.Select(value => value.Kind() == "Service" && IsToClose(value) && !IsClosed(value) ? Fenced(value, run) : value));

    /// <summary>A service as it was before the fence; unchanged if there is no fence.</summary>
    public static JsonObject Unfenced(JsonObject service)
    {
        var open = service.Copy();
        if (service.Annotation(Labels.Unfenced) is { Length: > 0 } before)
        {
            var annotations = open.Metadata().Child("annotations");
            annotations.Remove(Labels.Unfenced);
            annotations.Remove(Labels.FencedBy);
            foreach (var (name, value) in JsonNode.Parse(before)!.AsObject())
            {
                open.Spec()[name] = value?.DeepClone();
            }
        }

        return open;
    }

    private static bool IsClosed(JsonObject service) => service.Annotation(Labels.Unfenced).Length > 0;

    private bool IsToClose(JsonObject service) => (closing.IncludesEtcd && service.Name() == "etcd") || ServicesOfClients.Contains(service.Name());

    // While the node ports were changed, a service of a pipeline may have taken one.
    private Task<JsonObject> OpenAsync(JsonObject open, CancellationToken cancellationToken) =>
        NodePortClaim.MakeAsync(api, open, () => api.ReplaceAsync(open, cancellationToken), cancellationToken);

    private JsonObject Fenced(JsonObject service, string run)
    {
        var fenced = service.Copy();
        var annotations = fenced.Metadata().Child("annotations");
        annotations[Labels.Unfenced] = closing.PartOf(service.Spec()).ToJsonString();
        annotations[Labels.FencedBy] = new FenceMark(closing.Name, run).ToString();
        closing.Close(fenced.Spec());
        return fenced;
    }

    private async Task<IReadOnlyList<JsonObject>> ServicesAsync(CancellationToken cancellationToken)
    {
        var services = await api.ListAsync("Service", Labels.Suite, cancellationToken);
        return [.. services.Where(IsToClose)];
    }
}
