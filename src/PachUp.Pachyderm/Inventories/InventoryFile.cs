using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using PachUp.Common.Files;
namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// Inventories as JSON files. The same inventory always gives the same bytes. Files are written and read in pieces, because the JSON of a large
/// cluster needs as much memory as its inventory.
/// </summary>
public static class InventoryFile
{
    private static readonly JsonSerializerOptions Options = new(JsonForm.Options)
    {
        AllowDuplicateProperties = false,
        Converters = { new PipelineInfoConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { InventoryFormat.AddVersion } },
    };

    /// <summary>The JSON of an inventory.</summary>
    public static string Serialize(ClusterInventory inventory) => JsonSerializer.Serialize(inventory, Options) + "\n";

    /// <summary>Reads the JSON from <see cref="Serialize"/>.</summary>
    /// <exception cref="FormatException">The text is not an inventory. The message says what is wrong and where.</exception>
    public static ClusterInventory Deserialize(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        InventoryFormat.EnsureKnown(bytes);
        try
        {
            return JsonSerializer.Deserialize<ClusterInventory>(bytes, Options)!;
        }
        catch (JsonException e)
        {
            throw NotAnInventory(e);
        }
    }

    /// <summary>Writes a file. It gets its name when it is complete. On Unix only its owner may read it.</summary>
    public static Task WriteAsync(string path, ClusterInventory inventory, CancellationToken cancellationToken = default) => PrivateFile.ReplaceAsync(
        path,
        async file =>
        {
            await JsonSerializer.SerializeAsync(file, inventory, Options, cancellationToken).ConfigureAwait(false);
            file.Write("\n"u8);
        });

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">The file is not an inventory. The message names the file.</exception>
    public static async Task<ClusterInventory> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        await using var file = ReadFile.Open(path);
        try
        {
            return await ReadAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            throw new FormatException($"The inventory \"{path}\" cannot be read: {e.Message}", e);
        }
    }

    private static async Task<ClusterInventory> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        var start = new byte[InventoryFormat.BytesToVersion];
        var filled = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        InventoryFormat.EnsureKnown(start.AsSpan(0, filled));
        file.Position = 0;
        try
        {
            return (await JsonSerializer.DeserializeAsync<ClusterInventory>(file, Options, cancellationToken).ConfigureAwait(false))!;
        }
        catch (JsonException e)
        {
            throw NotAnInventory(e);
        }
    }

    private static FormatException NotAnInventory(JsonException error) => new($"it is not an inventory: {error.Message}", error);
}
