using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PachUp.Pachyderm.Inventories;

/// <summary>The version of the form of inventory files, which stands first in them.</summary>
internal static class InventoryFormat
{
    /// <summary>So many bytes of a file are enough to find its version in.</summary>
    public const int BytesToVersion = 256;

    // Properties may be added without a new number; a reader passes over those that it does not know.
    private const int Newest = 1;

    private const string PropertyName = "formatVersion";

    /// <summary>Has the version written in front of everything else of an inventory.</summary>
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

    /// <summary>Looks at the version of a file.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <exception cref="FormatException">There is none, or a later one.</exception>
    public static void EnsureKnown(ReadOnlySpan<byte> start)
    {
        if (TryRead(start) is not { } version)
        {
            throw new FormatException($"it is not an inventory: it has no \"{PropertyName}\".");
        }

        if (version > Newest)
        {
            throw new FormatException($"it has format version {version}, and this PachUp knows up to {Newest}. Use a newer PachUp.");
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
            // No JSON at all has no version either.
            return null;
        }
    }
}
