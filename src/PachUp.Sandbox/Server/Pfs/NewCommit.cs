using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>What a commit is to be made of.</summary>
internal sealed record NewCommit
{
    /// <summary>The repo, and the commit to come after: its id, a branch, or empty for the head of <see cref="Branch"/>.</summary>
    public required Commit? Parent { get; init; }

    /// <summary>The branch that is to point at it; empty for none.</summary>
    public string Branch { get; init; } = "";

    /// <summary>Its id; empty for a new one.</summary>
    public string Id { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The commits that it is computed from. Up to 1.8 without branches.</summary>
    public IReadOnlyList<CommitProvenance> Provenance { get; init; } = [];

    /// <summary>Its files, when it is to be finished at once.</summary>
    public Wire.Object? Tree { get; init; }

    /// <summary>Its files in parts, as workers write them, when it is to be finished at once.</summary>
    public IReadOnlyList<Wire.Object> Trees { get; init; } = [];

    public Wire.Object? Datums { get; init; }

    public ulong SizeBytes { get; init; }

    /// <summary>What to put into its parent's files, when it is to be finished at once with the outcome; null for nothing.</summary>
    public IReadOnlyList<(string Path, PutFileRecords Records)>? Writes { get; init; }

    public bool IsFinished => Tree is not null || Trees.Count > 0 || Writes is not null;
}
