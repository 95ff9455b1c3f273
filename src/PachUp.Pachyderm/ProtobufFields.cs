namespace PachUp.Pachyderm;

/// <summary>
/// Reads the fields of a serialized message without copying their content. The generated classes copy every bytes field, and the value of an object
/// has up to 10 MiB.
/// </summary>
internal static class ProtobufFields
{
    /// <summary>The largest size of a field's header, in bytes.</summary>
    public const int MaxHeaderBytes = 10;

    private const int LengthDelimited = 2;

    internal readonly record struct Field(int Number, bool IsLengthDelimited, ReadOnlyMemory<byte> Content);

    /// <summary>The fields in order. The content of a field that is not length-delimited is its raw bytes.</summary>
    /// <exception cref="MalformedOperationException">The bytes are not a message.</exception>
    public static IEnumerable<Field> Read(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            yield return Next(ref message);
        }
    }

    /// <summary>The size of a length-delimited field with its header, in bytes.</summary>
    public static int EnvelopeSize(int number, int length) => VarintSize(Tag(number)) + VarintSize((uint)length) + length;

    /// <summary>Writes the header of a length-delimited field and returns its size in bytes.</summary>
    public static int WriteHeader(Span<byte> to, int number, int length)
    {
        var at = WriteVarint(to, Tag(number));
        return at + WriteVarint(to[at..], (uint)length);
    }

    private static Field Next(ref ReadOnlyMemory<byte> message)
    {
        var tag = ReadVarint(ref message);
        var number = tag >> 3;
        if (number is 0 or > int.MaxValue >> 2)
        {
            throw new MalformedOperationException($"a field has the impossible number {number}");
        }

        var wireType = tag & 7;
        var length = wireType switch
        {
            0 => (ulong)VarintLength(message.Span),
            1 => (ulong)sizeof(ulong),
            LengthDelimited => ReadVarint(ref message),
            5 => (ulong)sizeof(uint),
            _ => throw new MalformedOperationException($"field {number} has the unknown wire type {wireType}"),
        };
        if (length > (ulong)message.Length)
        {
            throw new MalformedOperationException($"field {number} has the length {length} bytes, but only {message.Length} bytes are left");
        }

        var content = message[..(int)length];
        message = message[(int)length..];
        return new Field((int)number, wireType == LengthDelimited, content);
    }

    private static ulong ReadVarint(ref ReadOnlyMemory<byte> message)
    {
        var length = VarintLength(message.Span);
        ulong value = 0;
        for (var i = length - 1; i >= 0; i--)
        {
            value = (value << 7) | (message.Span[i] & 0x7Fu);
        }

        message = message[length..];
        return value;
    }

    private static int VarintLength(ReadOnlySpan<byte> bytes)
    {
        const int longest = 10;
        var length = bytes[..Math.Min(bytes.Length, longest)].IndexOfAnyInRange((byte)0, (byte)0x7F) + 1;
        return length > 0 ? length : throw new MalformedOperationException("a number does not end");
    }

    private static uint Tag(int number) => ((uint)number << 3) | LengthDelimited;

    private static int VarintSize(uint value) => value switch
    {
        < 1u << 7 => 1,
        < 1u << 14 => 2,
        < 1u << 21 => 3,
        < 1u << 28 => 4,
        _ => 5,
    };

    private static int WriteVarint(Span<byte> to, uint value)
    {
        var at = 0;
        for (; value > 0x7F; value >>= 7)
        {
            to[at++] = (byte)(value | 0x80);
        }

        to[at++] = (byte)value;
        return at;
    }
}
