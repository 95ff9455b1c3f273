using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>
/// The header and footer of a directory in a request of 1.7 (<c>put-header</c>, <c>put-footer</c>). Later releases use these field numbers for other
/// fields, so they are read from the unknown fields.
/// </summary>
/// <param name="Header">The header; empty to remove it, null to keep it.</param>
/// <param name="Footer">The footer; empty to remove it, null to keep it.</param>
internal sealed record PutFileHeaders(byte[]? Header, byte[]? Footer)
{
    private const int HeaderField = 11;
    private const int FooterField = 12;
    private const int ValueField = 1;

    /// <summary>Reads them from a request.</summary>
    public static PutFileHeaders Of(PutFileRequest request)
    {
        var headers = new PutFileHeaders(null, null);
        var input = new CodedInputStream(request.ToByteArray());
        while (input.ReadTag() is var tag and not 0)
        {
            headers = (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag)) switch
            {
                (HeaderField, WireFormat.WireType.LengthDelimited) => headers with { Header = ValueOf(input.ReadBytes()) },
                (FooterField, WireFormat.WireType.LengthDelimited) => headers with { Footer = ValueOf(input.ReadBytes()) },
                _ => Skip(input, headers),
            };
        }

        return headers;
    }

    private static byte[] ValueOf(ByteString metadata)
    {
        var (input, value) = (metadata.CreateCodedInput(), Array.Empty<byte>());
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == ValueField)
                value = input.ReadBytes().ToByteArray();
            else
                input.SkipLastField();
        }

        return value;
    }

    private static PutFileHeaders Skip(CodedInputStream input, PutFileHeaders headers)
    {
        input.SkipLastField();
        return headers;
    }
}
