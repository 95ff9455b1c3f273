using System.Text.Json.Serialization;

namespace PachUp.Pachyderm.Archives;

/// <summary>The cluster that an archive came from.</summary>
/// <param name="Address">The address of the cluster, without secrets.</param>
/// <param name="ClusterId">The id of the cluster.</param>
/// <param name="Release">The release of the server.</param>
/// <param name="ExtractedAt">When the extract ended.</param>
public sealed record ArchiveSource(string Address, string ClusterId, Release Release, DateTimeOffset ExtractedAt)
{
    /// <summary>The original release if the archive was converted for <see cref="Release"/>; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Release? ConvertedFrom { get; init; }
}
