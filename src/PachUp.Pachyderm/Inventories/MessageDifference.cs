using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Describes the fields in which two messages differ, down to the innermost field: <c>transform.image: "a" -> "b"</c>.</summary>
internal static class MessageDifference
{
    private const int LongestValue = 120;

    /// <summary>The differences in one field of two messages of the same type; nothing if the field is equal.</summary>
    public static IEnumerable<string> Of(FieldDescriptor field, IMessage old, IMessage now) => Of(field.Name, field, old, now);

    private static List<string> Of(string path, FieldDescriptor field, IMessage old, IMessage now)
    {
        var (oldValue, newValue) = (field.Accessor.GetValue(old), field.Accessor.GetValue(now));
        if (Equals(oldValue, newValue))
        {
            return [];
        }

        return oldValue is IMessage oldMessage && newValue is IMessage newMessage && !IsWellKnown(oldMessage)
            ? Inside(path, oldMessage, newMessage)
            : [$"{path}: {Format(oldValue)} -> {Format(newValue)}"];
    }

    private static List<string> Inside(string path, IMessage old, IMessage now)
    {
        var changes = old.Descriptor.Fields.InFieldNumberOrder().SelectMany(field => Of($"{path}.{field.Name}", field, old, now)).ToList();
        return changes is not [] ? changes : [$"{path}: fields that this PachUp does not know"];
    }

    /// <summary>Whether a message is a time or a duration, which is easier to read as one value.</summary>
    private static bool IsWellKnown(IMessage message) => message.Descriptor.File.Package == "google.protobuf";

    private static string Format(object? value) => value switch
    {
        null => "unset",
        long or ulong => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        _ => Shorten(Json(value)),
    };

    private static string Json(object value)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        JsonFormatter.Default.WriteValue(text, value);
        return text.ToString();
    }

    private static string Shorten(string text) => text.Length <= LongestValue ? text : text[..LongestValue] + "...";
}
