using System.Collections.Immutable;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>The kinds of objects that a deployment of Pachyderm consists of, in the order in which they have to be created.</summary>
internal static class DeployedKinds
{
    /// <summary>Volumes, and claims to them: what holds data.</summary>
    public static ImmutableArray<string> Storage { get; } = ["StorageClass", "PersistentVolume", "PersistentVolumeClaim"];

    /// <summary>What <c>pachctl undeploy</c> removes, in the order of creation.</summary>
    public static ImmutableArray<string> Removed { get; } =
    [
        "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "Secret", "ConfigMap", "Service",
        "StatefulSet", "ReplicationController", "Deployment",
    ];

    /// <summary>All of them, in the order of creation.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", .. Storage, "Secret", "ConfigMap", "Service",
        "StatefulSet", "ReplicationController", "Deployment",
    ];

    /// <summary>What runs pods.</summary>
    public static ImmutableArray<string> Workloads { get; } = ["StatefulSet", "ReplicationController", "Deployment"];

    /// <summary>Where a kind comes in the order of creation; the last place for others.</summary>
    public static int OrderOf(string kind) => All.IndexOf(kind) is var index and >= 0 ? index : All.Length;
}
