using System.Collections.Immutable;

namespace PachUp.Sdk.Platforms;

/// <summary>A command of PachUp that reads the runs of the processes beside the clusters, and changes nothing.</summary>
public sealed class RemoteReading
{
    /// <summary>The plan's settings for the cluster beside which the runs are kept.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>The arguments of PachUp. They must not contain secrets: everyone who may see the process can read them.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>Environment variables that everyone who may see the process can read.</summary>
    public ImmutableSortedDictionary<string, string> Variables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The image that contains PachUp; null for that of the last process.</summary>
    public string? Image { get; init; }
}
