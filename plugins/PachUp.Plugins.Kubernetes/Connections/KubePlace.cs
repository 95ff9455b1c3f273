namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>The API server, user and namespace of a context.</summary>
/// <param name="Context">Its name.</param>
/// <param name="Cluster">The API server.</param>
/// <param name="User">The user to log in with; null for none.</param>
/// <param name="Namespace">Its namespace; null for none.</param>
internal sealed record KubePlace(string Context, KubeConfigNode Cluster, KubeConfigNode? User, string? Namespace)
{
    /// <summary>The address of the API server.</summary>
    public Uri Server => Cluster.Text("server") is { } server
        ? Uri.TryCreate(server, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? uri
            : throw Cluster.Wrong("server", $"is \"{server}\", not https://HOST:PORT")
        : throw Cluster.Wrong("server", "is missing");
}
