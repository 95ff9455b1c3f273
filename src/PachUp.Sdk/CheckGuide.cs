using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>What people read who look a check up with <c>pachup explain</c>. Whole sentences.</summary>
public sealed record CheckGuide
{
    /// <summary>What <see cref="Releases"/> says of a check that is about every release.</summary>
    public const string AllReleases = "all releases";

    /// <summary>Why it is asked: what happened, or would happen, to those who do not ask.</summary>
    public required string Why { get; init; }

    /// <summary>What it means that it passed.</summary>
    public required string WhenPassed { get; init; }

    /// <summary>What a warning means, and what to do; null for a check that never warns.</summary>
    public string? WhenWarned { get; init; }

    /// <summary>What a refusal means, and what to do; null for a check that never refuses.</summary>
    public string? WhenRefused { get; init; }

    /// <summary>The releases that it is about: <c>sources before 1.8.8</c>.</summary>
    public string Releases { get; init; } = AllReleases;

    /// <summary>Issues and pull requests of pachyderm/pachyderm that taught it, by number.</summary>
    public ImmutableArray<int> Issues { get; init; } = [];
}
