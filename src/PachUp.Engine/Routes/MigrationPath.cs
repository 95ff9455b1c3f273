using System.Collections.Immutable;
using PachUp.Pachyderm;

namespace PachUp.Engine.Routes;

/// <summary>The path from one release to another, or the reason why there is none.</summary>
public sealed record MigrationPath
{
    /// <summary>The release at the start.</summary>
    public required Release From { get; init; }

    /// <summary>The release at the end.</summary>
    public required Release To { get; init; }

    /// <summary>Whether there is a path.</summary>
    public required MigrationPathOutcome Outcome { get; init; }

    /// <summary>Why there is no path; empty if there is one.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The path, hop by hop; empty if there is none.</summary>
    public ImmutableArray<Hop> Hops { get; init; } = [];

    /// <summary>Other paths, the shortest first.</summary>
    public ImmutableArray<AlternativePath> Alternatives { get; init; } = [];
}

/// <summary>Another path.</summary>
/// <param name="Hops">The path, hop by hop.</param>
/// <param name="Remark">The advantages and disadvantages.</param>
public sealed record AlternativePath(ImmutableArray<Hop> Hops, string Remark);

/// <summary>The result of the search for a path.</summary>
public enum MigrationPathOutcome
{
    /// <summary>There is a path.</summary>
    Found,

    /// <summary>The two releases are the same.</summary>
    AlreadyThere,

    /// <summary>The release at the end is older.</summary>
    Back,

    /// <summary>There is no path with the known routes.</summary>
    NoWay,
}
