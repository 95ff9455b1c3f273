using Google.Protobuf;
using Grpc.Core;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Conformance.Replay;

/// <summary>
/// Does what the scenario <c>14-large-file</c> did, which is kept apart from the others because of its size: after number 15, it put a
/// file of 25 MB into a new repo. Later scenarios find that repo.
/// </summary>
public static class LargeFileStandIn
{
    private const int Number = 14;
    private const int PlayedAfter = 15;
    private const int FileBytes = 25_000_000;
    private const int MessageBytes = 5_000_000;

    /// <summary>The repo that it made. What exactly its file held is not known.</summary>
    public const string Repo = "big";

    /// <summary>Whether it has to be done before the next scenario.</summary>
    /// <param name="played">What was played on the server so far.</param>
    /// <param name="next">What comes now.</param>
    public static bool IsDue(IReadOnlyCollection<Scenario> played, Scenario next) =>
        next.Number > PlayedAfter && !played.Any(scenario => scenario.Number is Number or > PlayedAfter);

    /// <summary>The calls that it made.</summary>
    public static IReadOnlyList<RecordedCall> Calls() =>
    [
        Call("/pfs.API/CreateRepo", [new CreateRepoRequest { Repo = new Repo { Name = Repo } }]),
        Call("/pfs.API/PutFile", FileParts()),
    ];

    private static IEnumerable<IMessage> FileParts()
    {
        var part = UnsafeByteOperations.UnsafeWrap(new byte[MessageBytes]);
        var file = new Pachyderm.Wire.Pfs.File { Commit = new Commit { Repo = new Repo { Name = Repo }, Id = "master" }, Path = "/large" };
        return Enumerable.Range(0, FileBytes / MessageBytes).Select(index => new PutFileRequest { File = index == 0 ? file : null, Value = part });
    }

    private static RecordedCall Call(string method, IEnumerable<IMessage> requests) =>
        new(1, method, [.. requests.Select(request => request.ToByteArray())], [Array.Empty<byte>()], StatusCode.OK, "");
}
