using System.Text.Json;
using PachUp.Plugins.Buckets.Locations;
using PachUp.Plugins.Buckets.Running;

namespace PachUp.Plugins.Buckets.Storage;

/// <summary>Lists the keys of pachd in a bucket with their sizes. Only the current key is in memory.</summary>
internal static class KeyListing
{
    /// <summary>Lists them.</summary>
    /// <param name="rclone">Lists.</param>
    /// <param name="place">The folder with pachd's objects.</param>
    /// <param name="onKey">Receives each key, such as <c>object/HASH</c>, with its size.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Sdk.StepFailedException">The bucket cannot be listed.</exception>
    public static async Task ListAsync(Rclone rclone, Bucket place, Action<string, long> onKey, CancellationToken cancellationToken)
    {
        var errors = await rclone.RunAsync(
            ["lsjson", "--recursive", "--files-only", "--no-modtime", "--no-mimetype", .. StorageFolders.Filter, place.Path],
            line => Read(line, onKey),
            _ => { },
            cancellationToken);
        if (errors.Count > 0 && !errors.Any(RcloneTrouble.IsAbsentFolder))
        {
            throw RcloneTrouble.Explain([.. errors.Select(error => error with { Text = $"{place.Remote}: {error.Text}" })], rclone);
        }
    }

    private static void Read(string line, Action<string, long> onKey)
    {
        if (line.TrimEnd(',') is ['{', ..] entry)
        {
            using var json = JsonDocument.Parse(entry);
            onKey(json.RootElement.GetProperty("Path").GetString()!, json.RootElement.GetProperty("Size").GetInt64());
        }
    }
}
