namespace PachUp.Steps.Restoring;

/// <summary>A place between two operations of a stream, with what lies before it.</summary>
/// <param name="Operations">How many operations lie before it.</param>
/// <param name="Repos">How many of these make repos.</param>
/// <param name="Sha256">The hash of all of them, in lower-case hex digits: only the same stream has the same one here.</param>
internal sealed record StreamPosition(long Operations, long Repos, string Sha256);
