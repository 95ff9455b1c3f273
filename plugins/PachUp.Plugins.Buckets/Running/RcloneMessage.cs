using System.Text.Json;

namespace PachUp.Plugins.Buckets.Running;

/// <summary>One line of rclone's JSON log.</summary>
/// <param name="Level">How serious it is: <c>error</c>, <c>warning</c> and so on.</param>
/// <param name="Text">What happened.</param>
/// <param name="Key">The key that it happened to, below the copied folder; empty if it is about none.</param>
/// <param name="Stats">How far rclone is; null if the line does not tell.</param>
internal sealed record RcloneMessage(string Level, string Text, string Key, RcloneStats? Stats)
{
    /// <summary>Whether something failed.</summary>
    public bool IsError => Level is "error" or "critical" or "emergency" or "alert";

    /// <summary>Whether the line is not JSON: rclone prints its last words in this way, which repeat an earlier line if there is one.</summary>
    public bool IsPlain { get; private init; }

    /// <summary>Reads a line. What is not JSON is an error without a key.</summary>
    public static RcloneMessage Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? new RcloneMessage(TextOf(root, "level"), TextOf(root, "msg"), TextOf(root, "object"), StatsOf(root))
                : Plain(line);
        }
        catch (JsonException)
        {
            return Plain(line);
        }
    }

    private static RcloneMessage Plain(string line) => new("error", line, "", null) { IsPlain = true };

    private static string TextOf(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static RcloneStats? StatsOf(JsonElement line) => line.TryGetProperty("stats", out var stats) && stats.ValueKind == JsonValueKind.Object
        ? new RcloneStats(NumberOf(stats, "bytes"), NumberOf(stats, "totalBytes"), NumberOf(stats, "transfers"))
        : null;

    private static long NumberOf(JsonElement stats, string name) =>
        stats.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : 0;
}

/// <summary>How far rclone is.</summary>
/// <param name="Bytes">The bytes that it has copied.</param>
/// <param name="TotalBytes">The bytes that it knows of so far. This grows while it lists.</param>
/// <param name="Transfers">How many objects it has copied.</param>
internal sealed record RcloneStats(long Bytes, long TotalBytes, long Transfers);
