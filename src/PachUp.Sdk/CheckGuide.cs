using System.Collections.Immutable;

namespace PachUp.Sdk;

/// <summary>The explanation of a check, which <c>pachup explain</c> shows. Whole sentences.</summary>
public sealed class CheckGuide
{
    /// <summary>The value of <see cref="Releases"/> for a check that applies to every release.</summary>
    public const string AllReleases = "all releases";

    /// <summary>Why the check exists: what happened, or would happen, without it.</summary>
    public required string Why { get; init; }

    /// <summary>What a passed check means.</summary>
    public required string WhenPassed { get; init; }

    /// <summary>What a warning means, and what to do; null if the check never warns.</summary>
    public string? WhenWarned { get; init; }

    /// <summary>What a refusal means, and what to do; null if the check never refuses.</summary>
    public string? WhenRefused { get; init; }

    /// <summary>The releases to which the check applies: <c>sources before 1.8.8</c>.</summary>
    public string Releases { get; init; } = AllReleases;

    /// <summary>The numbers of related issues and pull requests of pachyderm/pachyderm.</summary>
    public ImmutableArray<int> Issues { get; init; } = [];
}
