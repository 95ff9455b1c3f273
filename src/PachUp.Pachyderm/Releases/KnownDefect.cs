using System.Collections.Immutable;

namespace PachUp.Pachyderm.Releases;

/// <summary>A defect of some releases, and what PachUp or the user does about it.</summary>
public sealed record KnownDefect
{
    /// <summary>The issues in pachyderm/pachyderm; empty if it was only observed on real servers.</summary>
    public ImmutableArray<int> Issues { get; init; } = [];

    /// <summary>The sources that have it.</summary>
    public ReleaseRange Source { get; init; } = ReleaseRange.All;

    /// <summary>The targets that have it.</summary>
    public ReleaseRange Target { get; init; } = ReleaseRange.All;

    /// <summary>The defect.</summary>
    public required string What { get; init; }

    /// <summary>How PachUp avoids it; null if PachUp cannot.</summary>
    public string? AvoidedBy { get; init; }

    /// <summary>What the user has to do; null if PachUp avoids it.</summary>
    public string? ToDo { get; init; }

    /// <summary>Whether it concerns a migration between the two releases.</summary>
    public bool Concerns(Release source, Release target) => Source.Contains(source) && Target.Contains(target);

    /// <summary>The defect in one line, with its issues.</summary>
    public override string ToString()
    {
        var issues = Issues.IsEmpty ? "" : $" ({string.Join(", ", Issues.Select(issue => $"pachyderm/pachyderm#{issue}"))})";
        return $"{What}{issues}: {AvoidedBy ?? ToDo}";
    }
}

/// <summary>A range of releases.</summary>
/// <param name="From">The first release in the range; null for no lower limit.</param>
/// <param name="Before">The first release after the range; null for no upper limit.</param>
public sealed record ReleaseRange(Release? From = null, Release? Before = null)
{
    /// <summary>Every release.</summary>
    public static ReleaseRange All { get; } = new();

    /// <summary>Whether a release is in the range. A custom build counts as the release with its number.</summary>
    public bool Contains(Release release)
    {
        var number = release.WithoutSuffix();
        return (From is not { } from || number >= from) && (Before is not { } before || number < before);
    }
}
