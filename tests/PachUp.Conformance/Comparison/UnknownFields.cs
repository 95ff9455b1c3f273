using Google.Protobuf;

namespace PachUp.Conformance.Comparison;

/// <summary>What a message carried that its type has no field for.</summary>
public static class UnknownFields
{
    /// <summary>The bytes of the fields of <paramref name="message"/> itself that are not known; those of nested messages are theirs.</summary>
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
