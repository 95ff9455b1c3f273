using System.Collections.Immutable;

namespace PachUp.KubeApiServer.Resources;

/// <summary>The kinds that one release of Kubernetes serves and that deployments of Pachyderm use.</summary>
public sealed record ApiProfile
{
    private static ImmutableArray<ResourceType> Core { get; } =
    [
        new("", "v1", "Namespace", "namespaces", false) { HasDeleteCollection = false },
        new("", "v1", "Node", "nodes", false),
        new("", "v1", "Pod", "pods", true),
        new("", "v1", "Service", "services", true) { HasDeleteCollection = false, AnswersDeleteWithStatus = true },
        new("", "v1", "Endpoints", "endpoints", true) { AnswersDeleteWithStatus = true },
        new("", "v1", "Secret", "secrets", true) { AnswersDeleteWithStatus = true },
        new("", "v1", "ConfigMap", "configmaps", true) { AnswersDeleteWithStatus = true },
        new("", "v1", "ServiceAccount", "serviceaccounts", true),
        new("", "v1", "PersistentVolume", "persistentvolumes", false),
        new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true),
        new("", "v1", "ReplicationController", "replicationcontrollers", true),
        new("", "v1", "Event", "events", true),
    ];

    private static ImmutableArray<ResourceType> AccessReviews { get; } =
    [
        new("authorization.k8s.io", "v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews", false) { IsReview = true },
        new("authorization.k8s.io", "v1", "SelfSubjectRulesReview", "selfsubjectrulesreviews", false) { IsReview = true },
    ];

    /// <summary>Kubernetes 1.10, as recorded from a real API server.</summary>
    public static ApiProfile V1_10 { get; } = new()
    {
        Minor = 10,
        Resources =
        [
            .. Core,
            .. Workloads("v1"),
            .. Workloads("v1beta2"),
            .. Workloads("v1beta1").Where(type => type.Kind is "Deployment" or "StatefulSet" or "ControllerRevision"),
            .. Workloads("v1").Where(type => type.Kind is "Deployment" or "ReplicaSet" or "DaemonSet")
                .Select(type => type with { Group = "extensions", Version = "v1beta1" }),
            .. Rbac("v1"),
            .. Rbac("v1beta1"),
            new("storage.k8s.io", "v1", "StorageClass", "storageclasses", false),
            new("storage.k8s.io", "v1beta1", "StorageClass", "storageclasses", false),
            new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true),
            new("extensions", "v1beta1", "Ingress", "ingresses", true),
            new("batch", "v1", "Job", "jobs", true),
            .. AccessReviews,
        ],
        RefusesPropagationInQuery = true,
        HasSelfLinks = true,
    };

    /// <summary>Kubernetes 1.30: without the beta versions, with leases.</summary>
    public static ApiProfile V1_30 { get; } = new()
    {
        Minor = 30,
        Resources =
        [
            .. Core.Select(type => type.Kind == "Service" ? type with { HasDeleteCollection = true } : type),
            .. Workloads("v1"),
            .. Rbac("v1"),
            new("storage.k8s.io", "v1", "StorageClass", "storageclasses", false),
            new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true),
            new("networking.k8s.io", "v1", "Ingress", "ingresses", true),
            new("batch", "v1", "Job", "jobs", true),
            new("coordination.k8s.io", "v1", "Lease", "leases", true),
            .. AccessReviews,
        ],
    };

    /// <summary>The minor version.</summary>
    public required int Minor { get; init; }

    /// <summary>All kinds in all versions.</summary>
    public required ImmutableArray<ResourceType> Resources { get; init; }

    /// <summary>Whether the server reads the propagation policy of a deletion only from the body, as in 1.10.</summary>
    public bool RefusesPropagationInQuery { get; init; }

    /// <summary>Whether objects have <c>metadata.selfLink</c>: up to 1.19.</summary>
    public bool HasSelfLinks { get; init; }

    /// <summary>The kind of a path.</summary>
    public ResourceType? Find(string group, string version, string plural) =>
        Resources.FirstOrDefault(type => type.Group == group && type.Version == version && type.Plural == plural);

    /// <summary>Whether the server has a group.</summary>
    public bool HasGroup(string group) => Resources.Any(type => type.Group == group);

    private static IEnumerable<ResourceType> Workloads(string version) =>
    [
        new("apps", version, "Deployment", "deployments", true),
        new("apps", version, "StatefulSet", "statefulsets", true),
        new("apps", version, "ReplicaSet", "replicasets", true),
        new("apps", version, "DaemonSet", "daemonsets", true),
        new("apps", version, "ControllerRevision", "controllerrevisions", true),
    ];

    private static IEnumerable<ResourceType> Rbac(string version) =>
    [
        new("rbac.authorization.k8s.io", version, "ClusterRole", "clusterroles", false) { AnswersDeleteWithStatus = true },
        new("rbac.authorization.k8s.io", version, "ClusterRoleBinding", "clusterrolebindings", false) { AnswersDeleteWithStatus = true },
        new("rbac.authorization.k8s.io", version, "Role", "roles", true) { AnswersDeleteWithStatus = true },
        new("rbac.authorization.k8s.io", version, "RoleBinding", "rolebindings", true) { AnswersDeleteWithStatus = true },
    ];
}
