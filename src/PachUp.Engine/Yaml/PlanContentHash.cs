using System.Security.Cryptography;
using System.Text.Json;

namespace PachUp.Engine.Yaml;

/// <summary>
/// The hash of the content of a plan. Comments, blank lines, line ends, indentation, quotes and the order of keys do not change it. The order of
/// lists changes it, because steps run in that order.
/// </summary>
internal static class PlanContentHash
{
    /// <summary>SHA-256 of a plan's canonical form, in lower-case hex digits.</summary>
    public static string Sha256Of(PlanNode root)
    {
        using var canonical = new MemoryStream();
        using (var writer = new Utf8JsonWriter(canonical))
        {
            Write(root, writer);
        }

        return Convert.ToHexStringLower(SHA256.HashData(canonical.ToArray()));
    }

    private static void Write(PlanNode node, Utf8JsonWriter writer)
    {
        switch (node)
        {
            case PlanMapping mapping:
                writer.WriteStartObject();
                foreach (var entry in mapping.Entries.OrderBy(entry => entry.Key.Value, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(entry.Key.Value);
                    Write(entry.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case PlanSequence sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case PlanScalar { IsNothing: false } scalar:
                writer.WriteStringValue(scalar.Value);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
