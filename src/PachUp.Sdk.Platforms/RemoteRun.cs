using System.Collections.Immutable;

namespace PachUp.Sdk.Platforms;

/// <summary>A process of PachUp to start beside the clusters.</summary>
public sealed class RemoteRun
{
    /// <summary>
    /// The environment variable with the name of the job that the process is part of, as <c>namespace/name</c>. The platform sets it.
    /// </summary>
    public const string JobVariable = "PACHUP_JOB";

    /// <summary>
    /// The environment variable with an id that no other job has. The platform sets it. It may start the process of a job again if that was ended from outside:
    /// then the new process goes on with the run of its job, and one that has ended by itself is not repeated.
    /// </summary>
    public const string JobIdVariable = "PACHUP_JOB_ID";

    /// <summary>The plan's settings for each of its clusters, under <c>with:</c>. The process runs beside the first cluster.</summary>
    public required ImmutableArray<ImmutableSortedDictionary<string, string>> Clusters { get; init; }

    /// <summary>The arguments of PachUp. They must not contain secrets: everyone who may see the process can read them.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>The name of the plan; empty if it is not known.</summary>
    public required string PlanName { get; init; }

    /// <summary>The hash of the plan that was shown; empty if the process continues a run.</summary>
    public string PlanHash { get; init; } = "";

    /// <summary>
    /// The text of the plan file. Null if the process continues a run of an earlier process: it then takes over that process's secrets and runs.
    /// </summary>
    public string? Plan { get; init; }

    /// <summary>The image that contains PachUp.</summary>
    public required string Image { get; init; }

    /// <summary>The size of the storage for runs, such as <c>10Gi</c>, if the storage does not exist yet.</summary>
    public required string StorageSize { get; init; }

    /// <summary>The storage class for runs; null for the platform's default.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The text of pachctl's config file, which contains secrets of the user; null if it is not needed.</summary>
    public string? PachConfig { get; init; }

    /// <summary>Environment variables that everyone who may see the process can read.</summary>
    public ImmutableSortedDictionary<string, string> Variables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Environment variables whose values only this user may read.</summary>
    public ImmutableSortedDictionary<string, string> SecretVariables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>What starting a process would create.</summary>
public sealed class RemotePreview
{
    /// <summary>What would be created, changed or kept.</summary>
    public required ImmutableArray<Effect> Effects { get; init; }

    /// <summary>The same in the format of the platform's own tools, without secrets.</summary>
    public required string Manifests { get; init; }
}
