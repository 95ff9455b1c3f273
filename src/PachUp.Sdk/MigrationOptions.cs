namespace PachUp.Sdk;

/// <summary>The user's choices for a migration, in addition to the two releases.</summary>
public sealed record MigrationOptions
{
    /// <summary>The default choices.</summary>
    public static MigrationOptions Default { get; } = new();

    /// <summary>What happens to the output of pipelines. Default: <see cref="OutputChoice.Recompute"/>.</summary>
    public OutputChoice Outputs { get; init; } = OutputChoice.Recompute;

    /// <summary>
    /// Whether content is sent as objects in the stream. Default: no, the target finds it in the bucket of the source or in a copy.
    /// </summary>
    public bool CarriesObjects { get; init; }
}

/// <summary>What happens to the output of pipelines.</summary>
public enum OutputChoice
{
    /// <summary>
    /// The target computes it again. It finds datums that were already processed by the salts of pipelines, if the route carries them.
    /// </summary>
    Recompute,

    /// <summary>Output commits are carried unchanged if the target accepts complete commits; otherwise they are computed again.</summary>
    Keep,
}
