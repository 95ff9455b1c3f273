using System.Collections;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>Prints messages as Go's protobuf library does in error texts.</summary>
internal static class GoText
{
    /// <summary>The text of a message: each field that is set, followed by a space.</summary>
    public static string Of(IMessage message) =>
        string.Concat(message.Descriptor.Fields.InFieldNumberOrder().SelectMany(field => ValuesOf(field, message)));

    private static IEnumerable<string> ValuesOf(FieldDescriptor field, IMessage message)
    {
        var value = field.Accessor.GetValue(message);
        if (field is { IsRepeated: true, IsMap: false })
            return ((IEnumerable)value).Cast<object>().Select(item => Text(field, item));

        var isSet = field.HasPresence ? field.Accessor.HasValue(message) : !IsDefault(value);
        return isSet ? [Text(field, value)] : [];
    }

    private static bool IsDefault(object value) => value switch
    {
        string text => text.Length == 0,
        ByteString bytes => bytes.IsEmpty,
        ICollection entries => entries.Count == 0,
        _ => value.Equals(Activator.CreateInstance(value.GetType())),
    };

    private static string Text(FieldDescriptor field, object value) => value switch
    {
        IMessage message => $"{field.Name}:<{Of(message)}> ",
        string text => $"{field.Name}:{Quoted(text)} ",
        ByteString bytes => $"{field.Name}:{Quoted(Encoding.Latin1.GetString(bytes.Span))} ",
        bool flag => $"{field.Name}:{(flag ? "true" : "false")} ",
        Enum number => $"{field.Name}:{field.EnumType.FindValueByNumber(Convert.ToInt32(number, CultureInfo.InvariantCulture)).Name} ",
        _ => $"{field.Name}:{Convert.ToString(value, CultureInfo.InvariantCulture)} ",
    };

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
