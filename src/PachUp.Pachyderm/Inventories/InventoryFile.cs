using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Inventories as JSON files: the same inventory always gives the same bytes.</summary>
public static class InventoryFile
{
    // Properties may be added without a new number; a reader passes over those that it does not know.
    private const int NewestFormat = 1;

    private const string FormatVersion = "formatVersion";

    private static readonly JsonSerializerOptions Options = new(JsonForm.Options) { Converters = { new PipelineInfoConverter() } };

    /// <summary>The file's text.</summary>
    public static string Serialize(ClusterInventory inventory)
    {
        var document = JsonSerializer.SerializeToNode(inventory, Options)!.AsObject();
        document.Insert(0, FormatVersion, NewestFormat);
        return document.ToJsonString(Options) + "\n";
    }

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="FormatException">It is not an inventory; the message says what and where.</exception>
    public static ClusterInventory Deserialize(string json)
    {
        try
        {
            var document = JsonNode.Parse(json, documentOptions: JsonForm.DocumentOptions) as JsonObject;
            EnsureKnownFormat(document);
            return document.Deserialize<ClusterInventory>(Options)!;
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is not an inventory: {e.Message}", e);
        }
    }

    /// <summary>Writes a file; it appears under its name only when it is complete. On Unix only its owner may read it.</summary>
    public static Task WriteAsync(string path, ClusterInventory inventory, CancellationToken cancellationToken = default) =>
        PrivateFile.WriteAsync(path, Encoding.UTF8.GetBytes(Serialize(inventory)), cancellationToken);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is not an inventory; the message names the file.</exception>
    public static async Task<ClusterInventory> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var json = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        try
        {
            return Deserialize(json);
        }
        catch (FormatException e)
        {
            throw new FormatException($"The inventory \"{path}\" cannot be read: {e.Message}", e);
        }
    }

    private static void EnsureKnownFormat(JsonObject? document)
    {
        if (document?[FormatVersion] is not JsonValue value || !value.TryGetValue<int>(out var version))
        {
            throw new FormatException($"it is not an inventory: it has no \"{FormatVersion}\".");
        }

        if (version > NewestFormat)
        {
            throw new FormatException($"it has format version {version}, and this PachUp knows up to {NewestFormat}. Use a newer PachUp.");
        }
    }
}
