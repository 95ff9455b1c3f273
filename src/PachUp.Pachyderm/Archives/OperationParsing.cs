using Google.Protobuf;
using Google.Protobuf.Reflection;
using PachUp.Pachyderm.Wire.Admin;

namespace PachUp.Pachyderm.Archives;

/// <summary>Parses operations of any kind. The descriptor of <c>admin.Op</c> tells the message type for each generation and kind.</summary>
internal static class OperationParsing
{
    /// <summary>The message inside an operation.</summary>
    /// <exception cref="MalformedOperationException">The generation does not have this kind, or the bytes are not a valid message.</exception>
    public static IMessage Parse(Operation operation)
    {
        var message = FindMessage(operation)
            ?? throw new MalformedOperationException(
                $"generation {operation.Generation.ToLineText()} has no operation of the kind {operation.Kind}");
        try
        {
            return message.Parser.ParseFrom(operation.Payload.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new MalformedOperationException($"it is not a valid {message.FullName}: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static MessageDescriptor? FindMessage(Operation operation) =>
        Op.Descriptor.FindFieldByNumber((int)operation.Generation)?.MessageType.FindFieldByNumber((int)operation.Kind)?.MessageType;
}
