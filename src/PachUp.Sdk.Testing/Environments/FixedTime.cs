namespace PachUp.Sdk.Testing.Environments;

/// <summary>The clock of clusters: it does not move, so that clusters produce the same content each time.</summary>
internal sealed class FixedTime : TimeProvider
{
    /// <summary>The time that it shows.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Noon;
}
