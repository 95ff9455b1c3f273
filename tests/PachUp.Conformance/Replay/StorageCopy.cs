using PachUp.Conformance.State;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.Conformance.Replay;

/// <summary>
/// Makes the storage for a recorded metadata-only restore: a copy of the source's storage. A sandbox of the source's release fills it with the objects and
/// tags of the full archive or, if there is none, of the recorded extract of the source. Unlike a restored archive, a copy has empty objects too.
/// </summary>
public sealed class StorageCopy(string transcripts)
{
    /// <summary>A store with the objects of an archive; null if no recording has them.</summary>
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
        server.Fill(new RecordedStorage().Learn(operations).Build());
        return store;
    }

    private static async Task<List<Operation>?> ReadArchiveAsync((Release Release, string Archive) source)
    {
        var name = $"{source.Release}-{source.Archive}-full";
        if (!Recordings.HasArchive(name))
        {
            return null;
        }

        await using var archive = File.OpenRead(Recordings.Archive(name));
        return await ArchiveReader.ReadAsync(archive).ToListAsync();
    }

    private List<Operation>? ReadTranscript((Release Release, string Archive) source)
    {
        var folder = Path.Combine(transcripts, source.Release.ToString());
        var path = new[] { $"20-source-{source.Archive}.jsonl", $"50-{source.Archive}.jsonl" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return path is null
            ? null
            : new Transcript(new Scenario(Path.GetFileNameWithoutExtension(path)), source.Release.ToString(), path).ReadCalls()
                .Where(call => call.Method == "/admin.API/Extract")
                .Select(call => call.Responses.Select(message => Operation.FromBytes(message)).ToList())
                .FirstOrDefault(stream => stream.Exists(IsStorage));
    }

    private static bool IsStorage(Operation operation) =>
        operation.Kind is OperationKind.Object or OperationKind.Tag or OperationKind.CreateObject or OperationKind.Block;
}
