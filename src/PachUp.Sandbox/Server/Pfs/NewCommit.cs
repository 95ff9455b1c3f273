using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>The settings of a new commit.</summary>
internal sealed record NewCommit
{
    /// <summary>The repo and the parent: an id, a branch, or empty for the head of <see cref="Branch"/>.</summary>
    public required Commit? Parent { get; init; }

    /// <summary>The branch that gets the commit as its head; empty for none.</summary>
    public string Branch { get; init; } = "";

    /// <summary>Its id; empty for a new one.</summary>
    public string Id { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>Its provenance; up to 1.8 without branches.</summary>
    public IReadOnlyList<CommitProvenance> Provenance { get; init; } = [];

    /// <summary>Its tree, for a commit that is finished at once.</summary>
    public Wire.Object? Tree { get; init; }

    /// <summary>Its tree in parts, as workers write it, for a commit that is finished at once.</summary>
    public IReadOnlyList<Wire.Object> Trees { get; init; } = [];

    public Wire.Object? Datums { get; init; }

    public ulong SizeBytes { get; init; }

    /// <summary>When it was started; null for now.</summary>
    public Timestamp? Started { get; init; }

    /// <summary>When it was finished; null for now, or for an open commit.</summary>
    public Timestamp? Finished { get; init; }

    /// <summary>Who made it; null for a user.</summary>
    public CommitOrigin? Origin { get; init; }

    /// <summary>Changes of its parent's files, for a commit that is finished at once; null for none.</summary>
    public IReadOnlyList<(string Path, PutFileRecords Records)>? Writes { get; init; }

    public bool IsFinished => Tree is not null || Trees.Count > 0 || Writes is not null || Finished is not null;
}
