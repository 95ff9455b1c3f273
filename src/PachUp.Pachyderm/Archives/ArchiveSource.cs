using System.Text.Json.Serialization;

namespace PachUp.Pachyderm.Archives;

/// <summary>Where an archive came from.</summary>
/// <param name="Address">The address that answered, without secrets.</param>
/// <param name="ClusterId">The id of the cluster.</param>
/// <param name="Release">The release of the server.</param>
/// <param name="ExtractedAt">When the extract ended.</param>
public sealed record ArchiveSource(string Address, string ClusterId, Release Release, DateTimeOffset ExtractedAt)
{
    /// <summary>The release that it was extracted from, where the operations were rewritten for <see cref="Release"/> since; null elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Release? ConvertedFrom { get; init; }
}
