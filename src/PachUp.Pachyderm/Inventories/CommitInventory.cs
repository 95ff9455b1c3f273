using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm.Inventories;

/// <summary>One commit.</summary>
public sealed record CommitInventory
{
    /// <summary>Its id, 32 hex digits.</summary>
    [JsonConverter(typeof(SharedTextConverter))]
    public required string Id { get; init; }

    /// <summary>The id of its parent; null for a first commit.</summary>
    [JsonConverter(typeof(SharedTextConverter))]
    public string? Parent { get; init; }

    /// <summary>The branch it was made on, where the release records it (from 1.9 on); null elsewhere.</summary>
    public string? Branch { get; init; }

    /// <summary>When it was started; after a restore, the time of the restore.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it was finished; null while it is open.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>The size of its files in bytes, as the server states it.</summary>
    public long SizeBytes { get; init; }

    /// <summary>The hash of the object that lists its files; null for an open commit and for one that was finished in several trees.</summary>
    [JsonConverter(typeof(SharedTextConverter))]
    public string? Tree { get; init; }

    /// <summary>The hashes of its tree in parts, how workers of 1.8 and later finish output; in the server's order.</summary>
    public ImmutableArray<string> Trees { get; init; } = [];

    /// <summary>The hash of the object that lists its datums; null where there is none.</summary>
    public string? Datums { get; init; }

    /// <summary>What its author wrote; empty for nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>The commits that it was computed from, sorted.</summary>
    public ImmutableArray<CommitProvenanceInventory> Provenance { get; init; } = [];

    /// <summary>Whether it has no finished time.</summary>
    public bool IsOpen => Finished is null;
}

/// <summary>A commit that another was computed from.</summary>
/// <param name="Repo">Its repo.</param>
/// <param name="Commit">Its id.</param>
/// <param name="Branch">Its branch, where the server says so; empty elsewhere.</param>
public readonly record struct CommitProvenanceInventory(
    [property: JsonConverter(typeof(SharedTextConverter))] string Repo,
    [property: JsonConverter(typeof(SharedTextConverter))] string Commit,
    [property: JsonConverter(typeof(SharedTextConverter))] string Branch);
