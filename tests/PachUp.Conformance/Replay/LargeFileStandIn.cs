using Google.Protobuf;
using Grpc.Core;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Conformance.Replay;

/// <summary>
/// Makes the calls of the scenario <c>14-large-file</c>, which is not in the folder because of its size: after number 15 it put a file of 25 MB into a new
/// repo. Later scenarios use that repo.
/// </summary>
public static class LargeFileStandIn
{
    private const int Number = 14;
    private const int PlayedAfter = 15;
    private const int FileBytes = 25_000_000;
    private const int MessageBytes = 5_000_000;

    /// <summary>The repo that the scenario made. The exact content of its file is not known.</summary>
    public const string Repo = "big";

    /// <summary>Whether the calls must be made before the next scenario.</summary>
    /// <param name="played">The scenarios that were replayed on the server.</param>
    /// <param name="next">The next scenario.</param>
    public static bool IsDue(IReadOnlyCollection<Scenario> played, Scenario next) =>
        next.Number > PlayedAfter && !played.Any(scenario => scenario.Number is Number or > PlayedAfter);

    /// <summary>The calls of the scenario.</summary>
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
