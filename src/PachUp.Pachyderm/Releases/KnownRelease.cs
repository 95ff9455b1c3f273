namespace PachUp.Pachyderm.Releases;

/// <summary>A published release.</summary>
/// <param name="Release">Its number.</param>
/// <param name="Tagged">The day of its tag.</param>
public sealed record KnownRelease(Release Release, DateOnly Tagged);
