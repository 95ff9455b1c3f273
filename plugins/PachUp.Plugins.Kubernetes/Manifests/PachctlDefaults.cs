using System.Collections.Frozen;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>
/// The names that <c>pachctl deploy</c> gives to the parts of objects, read from its output of 1.7.14, 1.8.7, 1.9.0, 1.9.12, 1.10.5, 1.11.9, 1.12.5 and 1.13.4
/// for every backend. What has another name was added by somebody else.
/// </summary>
internal static class PachctlDefaults
{
    /// <summary>The labels of objects and pods.</summary>
    public static FrozenSet<string> Labels { get; } = FrozenSet.Create("app", "suite");

    /// <summary>The annotations of objects and pods.</summary>
    public static FrozenSet<string> Annotations { get; } = FrozenSet.Create("iam.amazonaws.com/role", "prometheus.io/port", "prometheus.io/scrape");

    /// <summary>The containers.</summary>
    public static FrozenSet<string> Containers { get; } = FrozenSet.Create("pachd", "etcd", "dash", "grpc-proxy");

    /// <summary>The volumes of pods.</summary>
    public static FrozenSet<string> Volumes { get; } = FrozenSet.Create("etcd-storage", "pachyderm-storage-secret", "pach-disk");

    /// <summary>The CPU and the memory of containers.</summary>
    public static FrozenSet<(string Cpu, string Memory)> Resources { get; } = FrozenSet.Create(("1", "2G"), ("1", "3G"), ("250m", "256M"), ("250m", "512M"));

    /// <summary>The environment variables of containers.</summary>
    public static FrozenSet<string> Variables { get; } = FrozenSet.Create(
        "AMAZON_BUCKET", "AMAZON_DISTRIBUTION", "AMAZON_ID", "AMAZON_REGION", "AMAZON_SECRET", "AMAZON_TOKEN", "AMAZON_VAULT_ADDR", "AMAZON_VAULT_ROLE",
        "AMAZON_VAULT_TOKEN", "BLOCK_CACHE_BYTES", "CLUSTER_DEPLOYMENT_ID", "CUSTOM_ENDPOINT", "DISABLE_SSL", "ETCD_NAME", "ETCD_PREFIX", "EXPOSE_OBJECT_API", "GOOGLE_BUCKET",
        "GOOGLE_CRED", "IAM_ROLE", "IMAGE_PULL_SECRET", "LOG_LEVEL", "MAX_UPLOAD_PARTS", "METRICS", "MICROSOFT_CONTAINER", "MICROSOFT_ID",
        "MICROSOFT_SECRET", "MINIO_BUCKET", "MINIO_ENDPOINT", "MINIO_ID", "MINIO_SECRET", "MINIO_SECURE", "MINIO_SIGNATURE", "NAMESPACE",
        "NO_EXPOSE_DOCKER_SOCKET", "NO_VERIFY_SSL", "NUM_SHARDS", "OBJ_LOG_OPTS", "PACHD_MEMORY_REQUEST", "PACHD_POD_NAME", "PACHD_POD_NAMESPACE", "PACHD_VERSION",
        "PACHYDERM_AUTHENTICATION_DISABLED_FOR_TESTING", "PACH_NAMESPACE", "PACH_ROOT", "PART_SIZE", "PPS_WORKER_GRPC_PORT", "REQUIRE_CRITICAL_SERVERS_ONLY", "RETRIES", "REVERSE",
        "STORAGE_BACKEND", "STORAGE_HOST_PATH", "STORAGE_PUT_FILE_CONCURRENCY_LIMIT", "STORAGE_UPLOAD_CONCURRENCY_LIMIT", "STORAGE_V2", "TIMEOUT", "UPLOAD_ACL", "WORKER_IMAGE",
        "WORKER_IMAGE_PULL_POLICY", "WORKER_SERVICE_ACCOUNT", "WORKER_SIDECAR_IMAGE");
}
