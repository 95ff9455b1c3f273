using System.Text.Json.Nodes;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>The kinds of objects that the server serves, and the versions that it prefers.</summary>
internal sealed class ApiCatalogue
{
    // If several API groups serve the same objects, this is the current group; the others are old names.
    private static readonly Dictionary<string, string> HomeOfKind = new()
    {
        ["Deployment"] = "apps",
        ["ReplicaSet"] = "apps",
        ["DaemonSet"] = "apps",
        ["NetworkPolicy"] = "networking.k8s.io",
        ["Ingress"] = "networking.k8s.io",
        ["Event"] = "",
    };

    // Nothing of these can be part of a deployment. Every version of a group costs a request.
    private static readonly HashSet<string> NeverDeployed =
    [
        "authentication.k8s.io", "authorization.k8s.io", "apiregistration.k8s.io", "certificates.k8s.io", "discovery.k8s.io", "events.k8s.io",
        "flowcontrol.apiserver.k8s.io", "metrics.k8s.io", "node.k8s.io",
    ];

    private readonly IReadOnlyList<ApiResource> _resources;

    private ApiCatalogue(IReadOnlyList<ApiResource> resources) => _resources = resources;

    /// <summary>Reads them from the server.</summary>
    /// <exception cref="KubeException">It does not answer.</exception>
    public static async Task<ApiCatalogue> ReadAsync(KubeTransport transport, CancellationToken cancellationToken)
    {
        var resources = await ResourcesAsync(transport, "/api/v1", cancellationToken);
        var groups = await transport.SendAsync(HttpMethod.Get, "/apis", body: null, cancellationToken);
        foreach (var version in groups.Items("groups").Where(group => !NeverDeployed.Contains(group.Text("name"))).SelectMany(VersionsOf))
        {
            resources.AddRange(await ResourcesAsync(transport, $"/apis/{version}", cancellationToken));
        }

        return new ApiCatalogue(resources);
    }

    /// <summary>A kind in exactly this version; null if the server does not serve it.</summary>
    public ApiResource? Find(string apiVersion, string kind) => _resources.FirstOrDefault(resource => resource.ApiVersion == apiVersion && resource.Kind == kind);

    /// <summary>A kind in the version that the server prefers; null if the server does not serve it.</summary>
    public ApiResource? Find(string kind)
    {
        var candidates = _resources.Where(resource => resource.Kind == kind).ToList();
        return HomeOfKind.TryGetValue(kind, out var home)
            ? candidates.Find(resource => resource.Group == home) ?? candidates.FirstOrDefault()
            : candidates.FirstOrDefault();
    }

    /// <summary>A kind in the version that the server prefers.</summary>
    /// <exception cref="KubeException">The server does not serve it.</exception>
    public ApiResource Get(string kind) => Find(kind) ?? throw new KubeException(404, $"the API server does not serve objects of kind \"{kind}\"");

    /// <summary>The resource of an object, whatever version the object is written in.</summary>
    /// <exception cref="KubeException">The server does not serve its kind.</exception>
    public ApiResource Of(JsonObject value) => Find(value.ApiVersion(), value.Kind()) ?? Get(value.Kind());

    // The preferred version first.
    private static IEnumerable<string> VersionsOf(JsonObject group)
    {
        var preferred = group.Child("preferredVersion").Text("groupVersion");
        return [preferred, .. group.Items("versions").Select(version => version.Text("groupVersion")).Where(version => version != preferred)];
    }

    private static async Task<List<ApiResource>> ResourcesAsync(KubeTransport transport, string path, CancellationToken cancellationToken)
    {
        var list = await transport.SendAsync(HttpMethod.Get, path, body: null, cancellationToken);
        return [.. list.Items("resources")
            .Where(resource => !resource.Text("name").Contains('/', StringComparison.Ordinal))
            .Select(resource => new ApiResource(
                list.Text("groupVersion"), resource.Text("kind"), resource.Text("name"), resource["namespaced"]?.GetValue<bool>() ?? false))];
    }
}
