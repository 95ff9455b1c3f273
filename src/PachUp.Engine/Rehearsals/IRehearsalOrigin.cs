using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Pachyderm;

namespace PachUp.Engine.Rehearsals;

/// <summary>Where the metadata of a rehearsal comes from. Nothing there is changed.</summary>
public interface IRehearsalOrigin : IAsyncDisposable
{
    /// <summary>What people call it: an address, or the path of an archive.</summary>
    string Name { get; }

    /// <summary>Finds out the release.</summary>
    /// <returns>The release, and whether it was guessed.</returns>
    Task<(Release Release, bool IsGuessed)> GetReleaseAsync(CancellationToken cancellationToken);

    /// <summary>Reads the metadata, fills the source of the stage with it, and finds out what can be known of the real cluster alone.</summary>
    /// <param name="request">The plan between the real source and a target.</param>
    /// <param name="stage">Where it is rehearsed; its source is empty.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<OriginSurvey> SurveyAsync(PlanRequest request, IRehearsalStage stage, CancellationToken cancellationToken);
}

/// <summary>What was found out about the cluster whose metadata is rehearsed with.</summary>
public sealed record OriginSurvey
{
    /// <summary>Its id; empty where it is not known.</summary>
    public required string ClusterId { get; init; }

    /// <summary>What it holds, by count.</summary>
    public required ClusterContents Contents { get; init; }

    /// <summary>How long it took to list its metadata once; null where no cluster was asked.</summary>
    public TimeSpan? ListingTime { get; init; }

    /// <summary>The size of its objects; null where they stay where they are.</summary>
    public ObjectMeasure? Objects { get; init; }

    /// <summary>The answers to the checks; null where no cluster was there to be asked.</summary>
    public ImmutableArray<Finding>? Findings { get; init; }

    /// <summary>What is not known about the cluster, in sentences.</summary>
    public ImmutableArray<string> Gaps { get; init; } = [];
}
