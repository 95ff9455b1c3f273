namespace PachUp.Plugins.Kubernetes.Settings;

/// <summary>The settings to find a cluster of a plan in Kubernetes.</summary>
internal sealed record KubeSettings
{
    /// <summary>The context of the kubeconfig; null for its current one.</summary>
    public string? Context { get; init; }

    /// <summary>The namespace; null for that of the context.</summary>
    public string? Namespace { get; init; }

    /// <summary>The kubeconfig files, the most important first; null for <c>KUBECONFIG</c> and <c>~/.kube/config</c>.</summary>
    public string? KubeConfig { get; init; }
}
