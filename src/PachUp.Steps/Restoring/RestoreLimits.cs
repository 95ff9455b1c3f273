namespace PachUp.Steps.Restoring;

/// <summary>
/// The largest size of one <c>Restore</c> call. The server acknowledges calls, not operations, so this is also the largest amount that is
/// unconfirmed after an interruption.
/// </summary>
/// <param name="Operations">The largest number of operations; more only if one object has more parts.</param>
/// <param name="Bytes">The number of bytes after which a call ends, as soon as the current object is complete.</param>
internal sealed record RestoreLimits(int Operations, long Bytes)
{
    public static RestoreLimits Default { get; } = new(Operations: 250, Bytes: 32 * 1024 * 1024);
}
