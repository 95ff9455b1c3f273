using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Conformance.Comparison;

/// <summary>Compares streamed content as a whole, since servers may cut it into messages at other places.</summary>
public sealed class ContentComparer(TextComparer texts, MessageComparer messages)
{
    private static readonly HashSet<string> Methods =
    [
        "/pfs.API/GetFile", "/pfs.ObjectAPI/GetObject", "/pfs.ObjectAPI/GetObjects", "/pfs.ObjectAPI/GetTag",
        "/pfs.ObjectAPI/GetBlock", "/pfs.ObjectAPI/GetBlocks",
    ];

    /// <summary>Whether a method streams content.</summary>
    public static bool IsContent(string method) => Methods.Contains(method);

    /// <summary>The differences between two streams of content.</summary>
    public IEnumerable<Difference> Compare(IMessage? request, List<IMessage> recorded, List<IMessage> replayed, bool varies)
    {
        var expected = Content(recorded);
        var got = Content(replayed);
        if (request is GetFileRequest && VolatileRepos.IsSpecFile(request) && expected.Length > 0 && got.Length > 0)
        {
            return messages.Compare("spec", PipelineInfo.Parser.ParseFrom(expected), PipelineInfo.Parser.ParseFrom(got), contentVaries: true);
        }

        var equal = varies
            ? texts.AreEqual(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(got), hashesVary: true)
            : expected.AsSpan().SequenceEqual(got);
        return equal ? [] : [new Difference("content", Show(expected), Show(got))];
    }

    private static byte[] Content(IEnumerable<IMessage> parts) => [.. parts.Cast<BytesValue>().SelectMany(part => part.Value)];

    private static string Show(byte[] content) => $"{content.Length} bytes \"{Encoding.UTF8.GetString(content)}\"";
}
