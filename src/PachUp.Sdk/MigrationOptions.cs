namespace PachUp.Sdk;

/// <summary>What people choose about a migration, beyond its two releases.</summary>
public sealed record MigrationOptions
{
    /// <summary>What is chosen where nothing is said.</summary>
    public static MigrationOptions Default { get; } = new();

    /// <summary>What happens to the output of pipelines. Default: <see cref="OutputChoice.Recompute"/>.</summary>
    public OutputChoice Outputs { get; init; } = OutputChoice.Recompute;

    /// <summary>Whether content is sent as objects, in the stream. Default: no, the target finds it in the bucket of the source or in a copy.</summary>
    public bool CarriesObjects { get; init; }
}

/// <summary>What happens to the output of pipelines.</summary>
public enum OutputChoice
{
    /// <summary>The target computes it again. Datums that were processed are found by the salts of pipelines, where the pair carries them.</summary>
    Recompute,

    /// <summary>Output commits are carried as they are, where the target can be given them whole; elsewhere they are computed again.</summary>
    Keep,
}
