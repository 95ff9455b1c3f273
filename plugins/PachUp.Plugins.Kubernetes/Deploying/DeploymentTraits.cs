using System.Collections.Immutable;
using PachUp.Pachyderm;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>
/// What <c>pachctl deploy</c> of a release makes differently from the one before. Read off what 1.7.14, 1.8.7, 1.9.0 and 1.9.12 print; a release in
/// between is taken to be like the last known one before it. More environment variables than a pachd knows do no harm.
/// </summary>
internal sealed record DeploymentTraits
{
    /// <summary>What pachctl writes into the storage secret of an Amazon bucket, from 1.9.1 on, unless it is told otherwise.</summary>
    public static readonly ImmutableArray<(string Key, string Value)> AmazonDefaults =
    [
        ("retries", "10"), ("timeout", "5m"), ("upload-acl", "bucket-owner-full-control"), ("reverse", "true"), ("part-size", "5242880"),
        ("max-upload-parts", "10000"), ("disable-ssl", "false"), ("no-verify-ssl", "false"),
    ];

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
    ];

    /// <summary>The first release that is so.</summary>
    public required Release From { get; init; }

    /// <summary>The tag of dash's image.</summary>
    public required string Dash { get; init; }

    /// <summary>The tag of the image that leads dash's calls on.</summary>
    public required string GrpcProxy { get; init; }

    /// <summary>The values of the storage secret that pachd gets as environment variables, beyond those of the rows before.</summary>
    public ImmutableArray<string> SecretKeys { get; init; } = [];

    /// <summary>Further environment variables, beyond those of the rows before.</summary>
    public ImmutableArray<(string Name, string Value)> Values { get; init; } = [];

    /// <summary>Whether pachd serves the S3 protocol too, at 600.</summary>
    public bool HasS3Gateway { get; init; }

    /// <summary>Whether there is no backend <c>MINIO</c> any more: a MinIO is reached as an Amazon S3 of its own address.</summary>
    public bool ReachesMinioAsAmazon { get; init; }

    /// <summary>The port for git's web hooks.</summary>
    public int GitPort { get; init; } = 999;

    /// <summary>The port that Prometheus reads.</summary>
    public int MetricsPort { get; init; } = 9091;

    /// <summary>Whether pachd is told how much memory it asked for.</summary>
    public bool KnowsItsMemory { get; init; }

    /// <summary>The traits of a release.</summary>
    public static DeploymentTraits Of(Release release) => RowsUpTo(release)[^1] with
    {
        SecretKeys = [.. RowsUpTo(release).SelectMany(row => row.SecretKeys)],
        Values = [.. RowsUpTo(release).SelectMany(row => row.Values)],
    };

    private static List<DeploymentTraits> RowsUpTo(Release release) => [.. Known.Where(row => row.From <= release.WithoutSuffix() || row == Known[0])];
}
