using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Conformance.Comparison;

/// <summary>Puts listings of files that came in a random order into that of their paths.</summary>
public static class FileOrder
{
    /// <summary>The answer with its files in order.</summary>
    public static List<IMessage> Sort(List<IMessage> messages) => messages switch
    {
        [FileInfos infos] => [new FileInfos { FileInfo = { infos.FileInfo.OrderBy(PathOf, StringComparer.Ordinal) } }],
        _ => [.. messages.OrderBy(message => message is Pachyderm.Wire.Pfs.FileInfo file ? PathOf(file) : "", StringComparer.Ordinal)],
    };

    private static string PathOf(Pachyderm.Wire.Pfs.FileInfo file) => file.File?.Path ?? "";
}
