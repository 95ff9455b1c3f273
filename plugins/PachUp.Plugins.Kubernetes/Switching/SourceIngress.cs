using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>An ingress in the namespace of the old deployment that leads to services of Pachyderm.</summary>
/// <param name="Value">The ingress.</param>
/// <param name="Others">The services that are not Pachyderm's and to which it leads, too.</param>
internal sealed record SourceIngress(JsonObject Value, IReadOnlyList<string> Others)
{
    /// <summary>The hosts for which it is.</summary>
    public IEnumerable<string> Hosts => HostsOf(Value);

    /// <summary>The secrets with its certificates.</summary>
    public IEnumerable<string> Secrets => Value.Spec().Items("tls").Select(tls => tls.Text("secretName")).Where(name => name.Length > 0).Distinct();

    /// <summary>Whether it leads to services of Pachyderm alone, so that it can be moved.</summary>
    public bool IsOfPachydermAlone => Others.Count == 0;

    /// <summary>Reads the ingresses of a namespace.</summary>
    public static async Task<IReadOnlyList<SourceIngress>> ReadAsync(KubeApi api, IReadOnlyCollection<string> services, CancellationToken cancellationToken) =>
    [
        .. from ingress in await api.ListAsync("Ingress", "", cancellationToken)
           let backends = BackendsOf(ingress).ToHashSet()
           where backends.Overlaps(services)
           select new SourceIngress(ingress, [.. backends.Except(services).Order(StringComparer.Ordinal)]),
    ];

    /// <summary>The hosts of an ingress.</summary>
    public static IEnumerable<string> HostsOf(JsonObject ingress) => ingress.Spec().Items("rules").Select(rule => rule.Text("host")).Where(host => host.Length > 0).Distinct();

    /// <summary>The services to which an ingress of any version leads.</summary>
    private static IEnumerable<string> BackendsOf(JsonObject ingress)
    {
        var paths = ingress.Spec().Items("rules").SelectMany(rule => rule.At("http")?.Items("paths") ?? []).Select(path => path.At("backend"));
        return new[] { ingress.At("spec", "defaultBackend"), ingress.At("spec", "backend") }.Concat(paths)
            .OfType<JsonObject>()
            .Select(backend => backend.At("service")?.Text("name") ?? backend.Text("serviceName"))
            .Where(name => name.Length > 0);
    }
}
