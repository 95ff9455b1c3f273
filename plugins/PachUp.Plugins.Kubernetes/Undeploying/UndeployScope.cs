namespace PachUp.Plugins.Kubernetes.Undeploying;

/// <summary>The objects of a deployment that stay when it is removed.</summary>
internal sealed record UndeployScope
{
    /// <summary>Whether the objects that hold data stay.</summary>
    public required bool KeepsVolumes { get; init; }

    /// <summary>Whether accounts, roles and secrets stay, because the next deployment uses them again.</summary>
    public required bool KeepsAccess { get; init; }
}
