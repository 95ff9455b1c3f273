namespace PachUp.Pachyderm.Archives;

/// <summary>The counts of a stream of operations.</summary>
public sealed record ArchiveSummary
{
    /// <summary>The generation of all operations; <see cref="OperationGeneration.None"/> if there are no operations.</summary>
    public OperationGeneration Generation { get; init; }

    /// <summary>The number of operations.</summary>
    public long Operations { get; init; }

    /// <summary>The number of complete objects, in <c>object</c> or <c>create_object</c> operations.</summary>
    public long Objects { get; init; }

    /// <summary>The number of bytes of object and block content, before compression.</summary>
    public long ObjectBytes { get; init; }

    /// <summary>The number of tags. One operation can have several.</summary>
    public long Tags { get; init; }

    /// <summary>The number of repos.</summary>
    public long Repos { get; init; }

    /// <summary>The number of commits, including open commits.</summary>
    public long Commits { get; init; }

    /// <summary>The number of commits without a tree: open commits, and commits that were finished in several trees.</summary>
    public long CommitsWithoutTree { get; init; }

    /// <summary>The number of branches.</summary>
    public long Branches { get; init; }

    /// <summary>The number of pipelines.</summary>
    public long Pipelines { get; init; }
}
