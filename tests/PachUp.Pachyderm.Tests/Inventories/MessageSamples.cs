using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace PachUp.Pachyderm.Tests.Inventories;

/// <summary>Messages of any type with every field set.</summary>
internal static class MessageSamples
{
    /// <summary>A message with every field set. A recursive message, such as the inputs of an input, is filled once.</summary>
    public static T Filled<T>()
        where T : IMessage<T>, new() => (T)Filled(new T().Descriptor, []);

    private static IMessage Filled(MessageDescriptor type, HashSet<MessageDescriptor> around)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        switch (message)
        {
            case Timestamp timestamp:
                (timestamp.Seconds, timestamp.Nanos) = (1583298367, 123456789);
                return message;
            case Duration duration:
                (duration.Seconds, duration.Nanos) = (90, 5);
                return message;
        }

        HashSet<MessageDescriptor> inside = [.. around, type];
        foreach (var field in type.Fields.InFieldNumberOrder().Where(field => !(IsMessage(field) && inside.Contains(field.MessageType))))
        {
            Set(field, message, inside);
        }

        return message;
    }

    private static void Set(FieldDescriptor field, IMessage message, HashSet<MessageDescriptor> inside)
    {
        if (field.IsMap)
        {
            var (key, value) = (field.MessageType.FindFieldByNumber(1), field.MessageType.FindFieldByNumber(2));
            ((System.Collections.IDictionary)field.Accessor.GetValue(message)).Add(ValueOf(key, inside), ValueOf(value, inside));
        }
        else if (field.IsRepeated)
        {
            ((System.Collections.IList)field.Accessor.GetValue(message)).Add(ValueOf(field, inside));
        }
        else
        {
            field.Accessor.SetValue(message, ValueOf(field, inside));
        }
    }

    private static bool IsMessage(FieldDescriptor field) => field.FieldType == FieldType.Message && !field.IsMap;

    private static object ValueOf(FieldDescriptor field, HashSet<MessageDescriptor> inside) => field.FieldType switch
    {
        FieldType.Message => Filled(field.MessageType, inside),
        FieldType.String => $"some {field.Name}",
        FieldType.Bytes => ByteString.CopyFromUtf8(field.Name),
        FieldType.Bool => true,
        FieldType.Int32 => field.FieldNumber,
        FieldType.Int64 => (long)field.FieldNumber,
        FieldType.UInt64 => (ulong)field.FieldNumber,
        FieldType.Float => 0.1f,
        FieldType.Double => 0.1d,
        FieldType.Enum => System.Enum.ToObject(field.EnumType.ClrType, 1),
        var type => throw new NotSupportedException($"no value for {type}"),
    };
}
