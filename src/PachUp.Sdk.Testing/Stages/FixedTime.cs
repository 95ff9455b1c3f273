namespace PachUp.Sdk.Testing.Stages;

/// <summary>A clock that does not move, so that clusters produce the same content each time.</summary>
internal sealed class FixedTime : TimeProvider
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Noon;
}
