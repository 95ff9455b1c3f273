using System.Collections.Immutable;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>The kinds of objects in a deployment of Pachyderm, in the order of creation.</summary>
internal static class DeployedKinds
{
    /// <summary>The kinds that hold data.</summary>
    public static ImmutableArray<string> Storage { get; } = ["StorageClass", "PersistentVolume", "PersistentVolumeClaim"];

    /// <summary>
    /// The kinds that the next deployment uses again. Deleting them would take away the tokens of the account, and perhaps what PachUp may not create:
    /// a role can only be created by users who have all its permissions.
    /// </summary>
    public static ImmutableArray<string> Access { get; } = ["ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "Secret"];

    /// <summary>The kinds that stay when a deployment is replaced.</summary>
    public static ImmutableArray<string> Staying { get; } = [.. Access, .. Storage];

    /// <summary>All of them, in the order of creation.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", .. Storage, "Secret", "ConfigMap", "Service",
        "StatefulSet", "ReplicationController", "Deployment",
    ];

    /// <summary>The kinds that run pods.</summary>
    public static ImmutableArray<string> Workloads { get; } = ["StatefulSet", "ReplicationController", "Deployment"];

    /// <summary>The position of a kind in the order of creation; other kinds come last.</summary>
    public static int OrderOf(string kind) => All.IndexOf(kind) is var index and >= 0 ? index : All.Length;
}
