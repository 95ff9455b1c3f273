namespace PachUp.Steps.Restoring;

/// <summary>
/// How much goes into one <c>Restore</c> call. The server acknowledges calls, not operations, so this is also how much is in doubt after an
/// interruption.
/// </summary>
/// <param name="Operations">The most operations, unless one object has more parts.</param>
/// <param name="Bytes">The bytes after which a call ends, once the object that is being sent is whole.</param>
internal sealed record RestoreLimits(int Operations, long Bytes)
{
    public static RestoreLimits Default { get; } = new(Operations: 250, Bytes: 32 * 1024 * 1024);
}
