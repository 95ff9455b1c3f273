namespace PachUp.Pachyderm.Archives;

/// <summary>What a stream of operations holds, by count.</summary>
public sealed record ArchiveSummary
{
    /// <summary>The generation that all operations share; <see cref="OperationGeneration.None"/> while there is none.</summary>
    public OperationGeneration Generation { get; init; }

    /// <summary>All operations.</summary>
    public long Operations { get; init; }

    /// <summary>Finished objects, in <c>object</c> or <c>create_object</c> operations.</summary>
    public long Objects { get; init; }

    /// <summary>Bytes of object and block content, before compression.</summary>
    public long ObjectBytes { get; init; }

    /// <summary>Tag names (an operation can carry several).</summary>
    public long Tags { get; init; }

    /// <summary>Repos.</summary>
    public long Repos { get; init; }

    /// <summary>Commits, open ones included.</summary>
    public long Commits { get; init; }

    /// <summary>Commits without a tree: open ones, and those that were finished in several trees.</summary>
    public long CommitsWithoutTree { get; init; }

    /// <summary>Branches.</summary>
    public long Branches { get; init; }

    /// <summary>Pipelines.</summary>
    public long Pipelines { get; init; }
}
