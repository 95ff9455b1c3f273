using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PachUp.Pachyderm.Inventories;

/// <summary>The format version of inventory files. It is the first property in a file.</summary>
internal static class InventoryFormat
{
    /// <summary>The first bytes of a file that contain the version.</summary>
    public const int BytesToVersion = 256;

    // New properties need no new version, because readers ignore unknown properties.
    private const int Newest = 1;

    private const string PropertyName = "formatVersion";

    /// <summary>Makes the serializer write the version as the first property.</summary>
    public static void AddVersion(JsonTypeInfo type)
    {
        if (type.Type == typeof(ClusterInventory))
        {
            var version = type.CreateJsonPropertyInfo(typeof(int), PropertyName);
            version.Order = -1;
            version.Get = _ => Newest;
            type.Properties.Add(version);
        }
    }

    /// <summary>Checks the version of a file.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <exception cref="FormatException">The version is missing or too new.</exception>
    public static void EnsureKnown(ReadOnlySpan<byte> start)
    {
        if (TryRead(start) is not { } version)
        {
            throw new FormatException($"it is not an inventory: it has no \"{PropertyName}\".");
        }

        if (version > Newest)
        {
            throw new FormatException($"it has format version {version}, but this PachUp supports versions up to {Newest}. Use a newer PachUp.");
        }
    }

    private static int? TryRead(ReadOnlySpan<byte> start)
    {
        var reader = new Utf8JsonReader(start, isFinalBlock: false, state: default);
        try
        {
            var begins = reader.Read() && reader.TokenType is JsonTokenType.StartObject
                && reader.Read() && reader.ValueTextEquals(PropertyName)
                && reader.Read() && reader.TokenType is JsonTokenType.Number;
            return begins && reader.TryGetInt32(out var version) ? version : null;
        }
        catch (JsonException)
        {
            // A text that is not JSON has no version.
            return null;
        }
    }
}
