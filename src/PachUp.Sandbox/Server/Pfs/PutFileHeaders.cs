using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>
/// The header and footer that a request of 1.7 gives a directory (<c>put-header</c>, <c>put-footer</c>). Later releases use their field numbers for something
/// else, so they are among the fields without a name.
/// </summary>
/// <param name="Header">The header; empty to take it away, null to leave it as it is.</param>
/// <param name="Footer">The footer, likewise.</param>
internal sealed record PutFileHeaders(byte[]? Header, byte[]? Footer)
{
    private const int HeaderField = 11;
    private const int FooterField = 12;
    private const int ValueField = 1;

    /// <summary>What a request says.</summary>
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
