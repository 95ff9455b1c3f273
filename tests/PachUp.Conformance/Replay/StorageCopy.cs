using Google.Protobuf;
using Grpc.Core;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Sandbox;

namespace PachUp.Conformance.Replay;

/// <summary>
/// Makes the storage that a metadata-only restore was recorded on: a copy of the source's. It is filled as the source's own was, by a
/// sandbox of the source's release, with the objects and tags of its full archive or, where there is none, of the extract that was
/// recorded of the source.
/// </summary>
public sealed class StorageCopy(string archives, string transcripts)
{
    /// <summary>A store with the objects of an archive; null where nothing holds them.</summary>
    /// <param name="source">The release of the source and the name of its archive, such as <c>world</c>.</param>
    public async Task<SandboxObjectStore?> MakeAsync((Release Release, string Archive) source)
    {
        var operations = await ReadArchiveAsync(source) ?? ReadTranscript(source);
        if (operations is null)
        {
            return null;
        }

        var store = ReplayServer.NewStore();
        await using var server = await ReplayServer.StartAsync(source.Release, store);
        await RestoreAsync(server, operations.Where(IsStorage));
        return store;
    }

    private async Task<List<Operation>?> ReadArchiveAsync((Release Release, string Archive) source)
    {
        var path = Path.Combine(archives, $"{source.Release}-{source.Archive}-full.snappy");
        if (!File.Exists(path))
        {
            return null;
        }

        await using var archive = File.OpenRead(path);
        return await ArchiveReader.ReadAsync(archive).ToListAsync();
    }

    private List<Operation>? ReadTranscript((Release Release, string Archive) source)
    {
        var path = Path.Combine(transcripts, source.Release.ToString(), $"20-source-{source.Archive}.jsonl");
        return !File.Exists(path)
            ? null
            : new Transcript(new Scenario(Path.GetFileNameWithoutExtension(path)), source.Release.ToString(), path).ReadCalls()
                .Where(call => call.Method == "/admin.API/Extract")
                .Select(call => call.Responses.Select(message => Operation.FromBytes(message)).ToList())
                .FirstOrDefault(stream => stream.Exists(IsStorage));
    }

    private static byte[] RequestOf(Operation operation) => new RestoreRequest { Op = Op.Parser.ParseFrom(operation.Bytes.Span) }.ToByteArray();

    private static bool IsStorage(Operation operation) =>
        operation.Kind is OperationKind.Object or OperationKind.Tag or OperationKind.CreateObject or OperationKind.Block;

    private static async Task RestoreAsync(ReplayServer server, IEnumerable<Operation> operations)
    {
        List<byte[]> requests = [.. operations.Select(RequestOf)];
        var restore = new RecordedCall(1, "/admin.API/Restore", requests, [], StatusCode.OK, "");
        var answer = await server.Caller.CallAsync(restore, requests);
        if (answer.Code != StatusCode.OK)
        {
            throw new InvalidOperationException($"The objects of the source could not be put into the sandbox's storage: {answer.Message}");
        }
    }
}
