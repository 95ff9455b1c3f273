using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Testing;
using FileInfo = PachUp.Pachyderm.Wire.Pfs.FileInfo;
using Version = PachUp.Pachyderm.Wire.Version.Version;

namespace PachUp.Verification.Tests.AfterWork;

/// <summary>A server that lists the same files of any commit, and gives their content.</summary>
internal static class FileServer
{
    /// <summary>Starts one.</summary>
    /// <param name="files">The files; those without content are listed, and cannot be given.</param>
    public static Task<FakePachd> StartAsync(params (string Path, string? Content)[] files) => FakePachd.StartAsync((method, request) => method switch
    {
        "/versionpb.API/GetVersion" => Reply.Of(new Version { Major = 1, Minor = 9 }),
        "/pfs.API/ListFileStream" => Reply.Of([.. EntriesOf(files, ListFileRequest.Parser.ParseFrom(request[0]).File.Path)]),
        "/pfs.API/GetFile" => Give(files.Single(file => file.Path == GetFileRequest.Parser.ParseFrom(request[0]).File.Path).Content),
        _ => Reply.Error(12, $"unknown method {method}"),
    });

    private static Reply Give(string? content) => content is null
        ? Reply.Error(2, "open /pach/pach/block/4f: no such file or directory")
        : Reply.Of(new BytesValue { Value = ByteString.CopyFrom(Encoding.UTF8.GetBytes(content)) });

    private static IEnumerable<IMessage> EntriesOf((string Path, string? Content)[] files, string directory)
    {
        var prefix = directory.TrimEnd('/') + "/";
        return files.Where(file => file.Path.StartsWith(prefix, StringComparison.Ordinal))
            .GroupBy(file => file.Path[prefix.Length..].Split('/')[0])
            .Select(entry => new FileInfo
            {
                File = new Pachyderm.Wire.Pfs.File { Path = prefix + entry.Key },
                FileType = entry.Any(file => file.Path == prefix + entry.Key) ? FileType.File : FileType.Dir,
                SizeBytes = (ulong)entry.Sum(file => file.Content?.Length ?? 3),
            });
    }
}
