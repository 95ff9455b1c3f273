using Google.Protobuf;

namespace PachUp.Conformance.Comparison;

/// <summary>The unknown fields of a message.</summary>
public static class UnknownFields
{
    /// <summary>The bytes of the unknown fields of <paramref name="message"/>, without those of nested messages.</summary>
    public static ByteString Of(IMessage message)
    {
        var size = message.CalculateSize();
        if (size == 0)
        {
            return ByteString.Empty;
        }

        var copy = message.Descriptor.Parser.ParseFrom(message.ToByteArray());
        foreach (var field in copy.Descriptor.Fields.InFieldNumberOrder())
        {
            field.Accessor.Clear(copy);
        }

        return copy.ToByteString();
    }
}
