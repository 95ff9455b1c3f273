using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Pachyderm;

namespace PachUp.Engine.Rehearsals;

/// <summary>The origin of the metadata for a rehearsal. It is only read.</summary>
public interface IRehearsalOrigin : IAsyncDisposable
{
    /// <summary>The name for messages: an address, or the path of an archive.</summary>
    string Name { get; }

    /// <summary>Finds the release of the origin.</summary>
    /// <returns>The release, and whether it was guessed.</returns>
    Task<(Release Release, bool IsGuessed)> GetReleaseAsync(CancellationToken cancellationToken);

    /// <summary>Reads the metadata, loads it into the source of the rehearsal, and collects the facts that only the real cluster has.</summary>
    /// <param name="request">The plan between the real source and a target.</param>
    /// <param name="clusters">The clusters of the rehearsal. Their source is empty.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<OriginSurvey> SurveyAsync(PlanRequest request, IRehearsalClusters clusters, CancellationToken cancellationToken);
}

/// <summary>Facts about the cluster whose metadata the rehearsal uses.</summary>
public sealed record OriginSurvey
{
    /// <summary>The cluster id; empty if unknown.</summary>
    public required string ClusterId { get; init; }

    /// <summary>How much it holds.</summary>
    public required ClusterContents Contents { get; init; }

    /// <summary>The time to list its metadata once; null if no cluster was asked.</summary>
    public TimeSpan? ListingTime { get; init; }

    /// <summary>The size of its objects; null if they stay in the bucket.</summary>
    public ObjectStatistics? Objects { get; init; }

    /// <summary>The results of the checks; null if no cluster was asked.</summary>
    public ImmutableArray<Finding>? Findings { get; init; }

    /// <summary>Sentences about what is not known of the cluster.</summary>
    public ImmutableArray<string> Gaps { get; init; } = [];
}
