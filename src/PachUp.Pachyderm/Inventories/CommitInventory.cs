using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm.Inventories;

/// <summary>A commit.</summary>
public sealed record CommitInventory
{
    /// <summary>The id, 32 hex digits.</summary>
    [JsonConverter(typeof(SharedTextConverter))]
    public required string Id { get; init; }

    /// <summary>The id of its parent; null for a first commit.</summary>
    [JsonConverter(typeof(SharedTextConverter))]
    public string? Parent { get; init; }

    /// <summary>The branch on which it was created; null for releases before 1.9, which do not record it.</summary>
    public string? Branch { get; init; }

    /// <summary>When it was started; after a restore, the time of the restore.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it was finished; null while it is open.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>The size of its files in bytes, according to the server.</summary>
    public long SizeBytes { get; init; }

    /// <summary>The hash of the object with its file tree; null for an open commit and for a commit that was finished in several trees.</summary>
    [JsonConverter(typeof(SharedTextConverter))]
    public string? Tree { get; init; }

    /// <summary>The hashes of the parts of its tree, in the order of the server. Workers of 1.8 and later finish output commits in parts.</summary>
    public ImmutableArray<string> Trees { get; init; } = [];

    /// <summary>The hash of the object with its datums; null for none.</summary>
    public string? Datums { get; init; }

    /// <summary>The description; empty for none.</summary>
    public string Description { get; init; } = "";

    /// <summary>The provenance: the commits from which it was computed, sorted.</summary>
    public ImmutableArray<CommitProvenanceInventory> Provenance { get; init; } = [];

    /// <summary>Whether the commit is open: it has no finished time.</summary>
    public bool IsOpen => Finished is null;
}

/// <summary>A commit in the provenance of another commit.</summary>
/// <param name="Repo">Its repo.</param>
/// <param name="Commit">Its id.</param>
/// <param name="Branch">Its branch; empty if unknown.</param>
public readonly record struct CommitProvenanceInventory(
    [property: JsonConverter(typeof(SharedTextConverter))] string Repo,
    [property: JsonConverter(typeof(SharedTextConverter))] string Commit,
    [property: JsonConverter(typeof(SharedTextConverter))] string Branch);
