namespace PachUp.Steps.Restoring;

/// <summary>A position between two operations of a stream.</summary>
/// <param name="Operations">The number of operations before it.</param>
/// <param name="Repos">The number of these operations that make repos.</param>
/// <param name="Sha256">The hash of these operations, in lower-case hex digits: only the same stream has the same hash here.</param>
internal sealed record StreamPosition(long Operations, long Repos, string Sha256);
