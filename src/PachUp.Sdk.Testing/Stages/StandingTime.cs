namespace PachUp.Sdk.Testing.Stages;

/// <summary>A clock that stands still, so that what clusters make at another moment is the same.</summary>
internal sealed class StandingTime : TimeProvider
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Noon;
}
