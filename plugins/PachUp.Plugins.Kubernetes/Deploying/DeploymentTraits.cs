using System.Collections.Immutable;
using PachUp.Pachyderm;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>
/// The differences between the deployments of releases, read from the output of <c>pachctl deploy</c> of 1.7.14, 1.8.7, 1.9.0, 1.9.12, 1.10.5 and 1.11.9. A
/// release in between is treated like the last known one before it. Environment variables that a pachd does not know do no harm.
/// </summary>
internal sealed record DeploymentTraits
{
    /// <summary>The defaults that pachctl writes into the storage secret of an Amazon bucket, from 1.9.1 on.</summary>
    public static readonly ImmutableArray<(string Key, string Value)> AmazonDefaults =
    [
        ("retries", "10"), ("timeout", "5m"), ("upload-acl", "bucket-owner-full-control"), ("reverse", "true"), ("part-size", "5242880"),
        ("max-upload-parts", "10000"), ("disable-ssl", "false"), ("no-verify-ssl", "false"),
    ];

    /// <summary>The last line whose manifests are known.</summary>
    public static readonly ReleaseLine LastKnownLine = new(1, 11);

    private static readonly ImmutableArray<DeploymentTraits> Known =
    [
        new() { From = new Release(1, 7, 0), Dash = "1.7-preview-11", GrpcProxy = "0.4.2" },
        new()
        {
            From = new Release(1, 8, 0),
            Dash = "1.8-preview-7",
            GrpcProxy = "0.4.2",
            KnowsItsMemory = true,
            SecretKeys =
            [
                "minio-bucket", "minio-endpoint", "minio-id", "minio-secret", "minio-secure", "minio-signature", "google-bucket", "google-cred",
                "amazon-bucket", "amazon-distribution", "amazon-id", "amazon-region", "amazon-secret", "amazon-token", "amazon-vault-addr",
                "amazon-vault-role", "amazon-vault-token", "microsoft-container", "microsoft-id", "microsoft-secret",
            ],
        },
        new()
        {
            From = new Release(1, 9, 0),
            Dash = "1.8-preview-7",
            GrpcProxy = "0.4.6",
            KnowsItsMemory = true,
            SecretKeys = ["custom-endpoint"],
            HasS3Gateway = true,
            ReachesMinioAsAmazon = true,
        },
        new()
        {
            From = new Release(1, 9, 1),
            Dash = "1.8-preview-7",
            GrpcProxy = "0.4.6",
            KnowsItsMemory = true,
            SecretKeys = [.. AmazonDefaults.Select(value => value.Key)],
            Values = [("REQUIRE_CRITICAL_SERVERS_ONLY", "false"), ("STORAGE_UPLOAD_CONCURRENCY_LIMIT", "100")],
            HasS3Gateway = true,
            ReachesMinioAsAmazon = true,
        },
        new()
        {
            From = new Release(1, 9, 12),
            Dash = "1.9.0",
            GrpcProxy = "0.4.10",
            KnowsItsMemory = true,
            HasS3Gateway = true,
            ReachesMinioAsAmazon = true,
            GitPort = 655,
            MetricsPort = 656,
        },
        new()
        {
            From = new Release(1, 10, 0),
            Dash = "0.5.48",
            GrpcProxy = "0.4.10",
            KnowsItsMemory = true,
            HasS3Gateway = true,
            ReachesMinioAsAmazon = true,
            GitPort = 655,
            MetricsPort = 656,
            Values = [("STORAGE_PUT_FILE_CONCURRENCY_LIMIT", "100")],
            WorkerAccount = "pachyderm-worker",
        },
        new()
        {
            From = new Release(1, 11, 0),
            Dash = "0.5.48",
            GrpcProxy = "0.4.10",
            KnowsItsMemory = true,
            HasS3Gateway = true,
            ReachesMinioAsAmazon = true,
            GitPort = 655,
            MetricsPort = 656,
            OidcPort = 657,
            Values = [("WORKER_SERVICE_ACCOUNT", "pachyderm-worker"), ("PPS_WORKER_GRPC_PORT", "80")],
            PodFields = [("PACH_NAMESPACE", "metadata.namespace"), ("PACHD_POD_NAME", "metadata.name")],
            WorkerAccount = "pachyderm-worker",
            NamesItsCommand = true,
        },
    ];

    /// <summary>The first release with these traits.</summary>
    public required Release From { get; init; }

    /// <summary>The tag of dash's image.</summary>
    public required string Dash { get; init; }

    /// <summary>The tag of the grpc-proxy image, which forwards dash's calls.</summary>
    public required string GrpcProxy { get; init; }

    /// <summary>The keys of the storage secret that pachd gets as environment variables, in addition to those of earlier rows.</summary>
    public ImmutableArray<string> SecretKeys { get; init; } = [];

    /// <summary>Further environment variables, in addition to those of earlier rows.</summary>
    public ImmutableArray<(string Name, string Value)> Values { get; init; } = [];

    /// <summary>The environment variables that contain a field of the pod. pachd looks for its own pod with them.</summary>
    public ImmutableArray<(string Name, string Field)> PodFields { get; init; } = [];

    /// <summary>Whether the container of pachd names its command.</summary>
    public bool NamesItsCommand { get; init; }

    /// <summary>Whether pachd also serves the S3 protocol, on port 600.</summary>
    public bool HasS3Gateway { get; init; }

    /// <summary>Whether the backend <c>MINIO</c> does not exist any more: a MinIO is used as an Amazon S3 with its own address.</summary>
    public bool ReachesMinioAsAmazon { get; init; }

    /// <summary>The port for git's web hooks.</summary>
    public int GitPort { get; init; } = 999;

    /// <summary>The port that Prometheus reads.</summary>
    public int MetricsPort { get; init; } = 9091;

    /// <summary>The port for logins by OpenID Connect; null before 1.11.</summary>
    public int? OidcPort { get; init; }

    /// <summary>Whether pachd gets its memory request as an environment variable.</summary>
    public bool KnowsItsMemory { get; init; }

    /// <summary>
    /// The service account of workers, which has a role of its own, from 1.10 on; null before. Such a release also has a service for the peer port. Manifests of
    /// an earlier release have none of these objects.
    /// </summary>
    public string? WorkerAccount { get; init; }

    /// <summary>The traits of a release.</summary>
    public static DeploymentTraits Of(Release release) => RowsUpTo(release)[^1] with
    {
        SecretKeys = [.. RowsUpTo(release).SelectMany(row => row.SecretKeys)],
        Values = [.. RowsUpTo(release).SelectMany(row => row.Values)],
    };

    private static List<DeploymentTraits> RowsUpTo(Release release) => [.. Known.Where(row => row.From <= release.WithoutSuffix() || row == Known[0])];
}
