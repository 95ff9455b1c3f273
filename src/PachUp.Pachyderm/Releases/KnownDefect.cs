using System.Collections.Immutable;

namespace PachUp.Pachyderm.Releases;

/// <summary>Something that goes wrong with certain releases, and what becomes of it here.</summary>
public sealed record KnownDefect
{
    /// <summary>Where it was reported in pachyderm/pachyderm; empty where it was seen on real servers only.</summary>
    public ImmutableArray<int> Issues { get; init; } = [];

    /// <summary>The sources that have it.</summary>
    public ReleaseRange Source { get; init; } = ReleaseRange.All;

    /// <summary>The targets that have it.</summary>
    public ReleaseRange Target { get; init; } = ReleaseRange.All;

    /// <summary>What goes wrong.</summary>
    public required string What { get; init; }

    /// <summary>What PachUp does so that it does not happen; null where it can do nothing about it.</summary>
    public string? AvoidedBy { get; init; }

    /// <summary>What somebody has to do; null where PachUp avoids it.</summary>
    public string? ToDo { get; init; }

    /// <summary>Whether a migration between the two meets it.</summary>
    public bool Concerns(Release source, Release target) => Source.Contains(source) && Target.Contains(target);

    /// <summary>It in one line, with where to read on.</summary>
    public override string ToString()
    {
        var issues = Issues.IsEmpty ? "" : $" ({string.Join(", ", Issues.Select(issue => $"pachyderm/pachyderm#{issue}"))})";
        return $"{What}{issues}: {AvoidedBy ?? ToDo}";
    }
}

/// <summary>Releases from one up to, and without, another.</summary>
/// <param name="From">The first; null for no lower end.</param>
/// <param name="Before">The first that is not one of them; null for no upper end.</param>
public sealed record ReleaseRange(Release? From = null, Release? Before = null)
{
    /// <summary>Every release.</summary>
    public static ReleaseRange All { get; } = new();

    /// <summary>Whether a release is one of them; a custom build counts as the release with its number.</summary>
    public bool Contains(Release release)
    {
        var number = release.WithoutSuffix();
        return (From is not { } from || number >= from) && (Before is not { } before || number < before);
    }
}
