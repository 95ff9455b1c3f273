namespace PachUp.Engine.Settings;

/// <summary>A cluster that a settings file names, so that commands can call it by its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="File">The file that names it.</param>
public sealed record NamedCluster(string Name, string File)
{
    /// <summary>The address of pachd; null if it is reached on Kubernetes.</summary>
    public string? Address { get; init; }

    /// <summary>The <c>host:port</c> of its peer port; null for none.</summary>
    public string? Peer { get; init; }

    /// <summary>The context of the kubeconfig; null for the current one.</summary>
    public string? KubeContext { get; init; }

    /// <summary>The namespace of Pachyderm; null for the namespace of the context.</summary>
    public string? Namespace { get; init; }

    /// <summary>Whether it is reached on Kubernetes.</summary>
    public bool IsOnKubernetes => Address is null;

    /// <summary>Where the address came from, for messages.</summary>
    public string Origin => $"cluster \"{Name}\" of {File}";
}
