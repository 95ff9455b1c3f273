using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Auth;
using PachUp.Pachyderm.Wire.Enterprise;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Pachyderm.Wire.Transaction;

namespace PachUp.Sandbox.Tests.Pachctl;

/// <summary>A session of a user with a cluster, from the first look at it until it is empty again.</summary>
internal static class PachctlSession
{
    private static readonly Repo Images = new() { Name = "images" };
    private static readonly Repo Labels = new() { Name = "labels" };
    private static readonly Commit Head = new() { Repo = Images, Id = "master" };
    private static readonly Commit OutputHead = new() { Repo = new Repo { Name = "edges" }, Id = "master" };
    private static readonly Branch Stable = new() { Repo = Images, Name = "stable" };
    private static readonly Pipeline Edges = new() { Name = "edges" };

    /// <summary>The commands that the pachctl of a release has.</summary>
    public static IReadOnlyList<PachctlCommand> Of(Release release) =>
    [
        .. Looking,
        .. Repos,
        .. Commits,
        .. Files,
        .. Branches,
        .. Pipelines(release),
        .. Moving(release),
        .. Emptying(release),
    ];

    private static IEnumerable<PachctlCommand> Looking =>
    [
        new("version", new PachctlCall("/versionpb.API/GetVersion", new Empty())),
        new("inspect cluster", new PachctlCall("/admin.API/InspectCluster", new Empty())),
        new("auth whoami", new PachctlCall("/auth.API/WhoAmI", new WhoAmIRequest()) { Code = StatusCode.Unimplemented }),
        new("enterprise get-state", new PachctlCall("/enterprise.API/GetState", new GetStateRequest())),
    ];

    private static IEnumerable<PachctlCommand> Repos =>
    [
        new("create repo images", new PachctlCall("/pfs.API/CreateRepo", new CreateRepoRequest { Repo = Images })),
        new("create repo labels -d 'what is on them'",
            new PachctlCall("/pfs.API/CreateRepo", new CreateRepoRequest { Repo = Labels, Description = "what is on them" })),
        new("update repo labels -d 'what can be seen'",
            new PachctlCall("/pfs.API/CreateRepo", new CreateRepoRequest { Repo = Labels, Description = "what can be seen", Update = true })),
        new("inspect repo labels", new PachctlCall("/pfs.API/InspectRepo", new InspectRepoRequest { Repo = Labels })),
        ListRepo,
    ];

    private static PachctlCommand ListRepo => new("list repo", new PachctlCall("/pfs.API/ListRepo", new ListRepoRequest()));

    private static IEnumerable<PachctlCommand> Commits =>
    [
        new("start commit images@master -m first",
            new PachctlCall("/pfs.API/StartCommit", new StartCommitRequest { Parent = new Commit { Repo = Images }, Branch = "master", Description = "first" })),
        new("put file images@master:/1.png", new PachctlCall("/pfs.API/PutFile", Piece("/1.png", "one"))),
        new("inspect commit images@master", new PachctlCall("/pfs.API/InspectCommit", new InspectCommitRequest { Commit = Head })),
        new("finish commit images@master", new PachctlCall("/pfs.API/FinishCommit", new FinishCommitRequest { Commit = Head })),
        ListCommit,
    ];

    private static PachctlCommand ListCommit =>
        new("list commit images", new PachctlCall("/pfs.API/ListCommitStream", new ListCommitRequest { Repo = Images }));

    private static IEnumerable<PachctlCommand> Files =>
    [
        new("put file images@master:/2.png", new PachctlCall("/pfs.API/PutFile", Piece("/2.png", "tw"), new PutFileRequest { Value = Bytes("o") })),
        new("get file images@master:/2.png", new PachctlCall("/pfs.API/GetFile", new GetFileRequest { File = FileOf("/2.png") })),
        ListFile,
        new("glob file images@master:/1*", new PachctlCall("/pfs.API/GlobFileStream", new GlobFileRequest { Commit = Head, Pattern = "/1*" })),
        new("delete file images@master:/1.png", new PachctlCall("/pfs.API/DeleteFile", new DeleteFileRequest { File = FileOf("/1.png") })),
        ListFile,
        ListCommit,
        new("delete commit images@master", new PachctlCall("/pfs.API/DeleteCommit", new DeleteCommitRequest { Commit = Head })),
        ListFile,
    ];

    private static PachctlCommand ListFile =>
        new("list file images@master:/", new PachctlCall("/pfs.API/ListFileStream", new ListFileRequest { File = FileOf("/") }));

    private static IEnumerable<PachctlCommand> Branches =>
    [
        new("create branch images@stable --head master", new PachctlCall("/pfs.API/CreateBranch", new CreateBranchRequest { Branch = Stable, Head = Head })),
        ListBranch,
        new("delete branch images@stable", new PachctlCall("/pfs.API/DeleteBranch", new DeleteBranchRequest { Branch = Stable })),
        ListBranch,
    ];

    private static PachctlCommand ListBranch => new("list branch images", new PachctlCall("/pfs.API/ListBranch", new ListBranchRequest { Repo = Images }));

    private static IEnumerable<PachctlCommand> Pipelines(Release release) =>
    [
        new("create pipeline -f edges.json", new PachctlCall("/pps.API/CreatePipeline", Spec("first"))),
        ListPipeline,
        new("list job", new PachctlCall("/pps.API/ListJobStream", ListJobRequestOf(release))),
        FinishOutput,
        new("update pipeline -f edges.json", new PachctlCall("/pps.API/CreatePipeline", new CreatePipelineRequest(Spec("second")) { Update = true })),
        FinishOutput,
        new("stop pipeline edges", new PachctlCall("/pps.API/StopPipeline", new StopPipelineRequest { Pipeline = Edges })),
        new("inspect pipeline edges", new PachctlCall("/pps.API/InspectPipeline", new InspectPipelineRequest { Pipeline = Edges })),
        new("start pipeline edges", new PachctlCall("/pps.API/StartPipeline", new StartPipelineRequest { Pipeline = Edges })),
        new("list commit edges", new PachctlCall("/pfs.API/ListCommitStream", new ListCommitRequest { Repo = OutputHead.Repo })),
        new("extract pipeline edges", new PachctlCall("/admin.API/ExtractPipeline", new ExtractPipelineRequest { Pipeline = Edges })),
    ];

    /// <summary>Finishes commits as a worker does: 1.9.12 cannot restore its own extract of two unfinished commits in a row.</summary>
    private static PachctlCommand FinishOutput =>
        new("finish commit edges@master", new PachctlCall("/pfs.API/FinishCommit", new FinishCommitRequest { Commit = OutputHead }));

    private static PachctlCommand ListPipeline => new("list pipeline", new PachctlCall("/pps.API/ListPipeline", new ListPipelineRequest()));

    /// <summary>A restore sends the answer of the extract before it.</summary>
    private static IEnumerable<PachctlCommand> Moving(Release release) =>
    [
        new("extract --no-objects", new PachctlCall("/admin.API/Extract", new ExtractRequest { NoObjects = true })),
        DeleteAllOf(release),
        ListRepo,
        new("restore", new PachctlCall("/admin.API/Restore")),
        ListRepo,
        ListPipeline,
        ListFile,
        .. Fsck(release),
        new("extract", new PachctlCall("/admin.API/Extract", new ExtractRequest())),
        DeleteAllOf(release),
        new("restore", new PachctlCall("/admin.API/Restore")),
        ListRepo,
    ];

    private static IEnumerable<PachctlCommand> Emptying(Release release) =>
    [
        new("delete pipeline edges", new PachctlCall("/pps.API/DeletePipeline", new DeletePipelineRequest { Pipeline = Edges })),
        ListPipeline,
        new("delete repo labels", new PachctlCall("/pfs.API/DeleteRepo", new DeleteRepoRequest { Repo = Labels })),
        ListRepo,
        DeleteAllOf(release),
        ListRepo,
    ];

    /// <summary>The client lists everything to show it in its question, and then deletes everything, service by service.</summary>
    private static PachctlCommand DeleteAllOf(Release release) => new(
        "delete all",
        [
            new PachctlCall("/pfs.API/ListRepo", new ListRepoRequest()),
            new PachctlCall("/pps.API/ListPipeline", new ListPipelineRequest()),
            new PachctlCall("/auth.API/Deactivate", new Pachyderm.Wire.Auth.DeactivateRequest()) { Code = StatusCode.Unimplemented },
            new PachctlCall("/pps.API/DeleteAll", new Empty()),
            new PachctlCall("/pfs.API/DeleteAll", new Empty()),
            .. release >= new Release(1, 9, 0) ? [new PachctlCall("/transaction.API/DeleteAll", new DeleteAllRequest())] : Array.Empty<PachctlCall>(),
        ]);

    private static IEnumerable<PachctlCommand> Fsck(Release release) =>
        release >= new Release(1, 8, 1) ? [new PachctlCommand("fsck", new PachctlCall("/pfs.API/Fsck", new FsckRequest()))] : [];

    private static ListJobRequest ListJobRequestOf(Release release) => release < new Release(1, 8, 0) ? new ListJobRequest { History = 1 } : new ListJobRequest();

    private static PutFileRequest Piece(string path, string content) => new() { File = FileOf(path), Value = Bytes(content) };

    private static ByteString Bytes(string text) => ByteString.CopyFromUtf8(text);

    private static Pachyderm.Wire.Pfs.File FileOf(string path) => new() { Commit = Head, Path = path };

    private static CreatePipelineRequest Spec(string argument) => new()
    {
        Pipeline = Edges,
        Transform = new Transform { Image = "pachyderm/opencv", Cmd = { "python3", "/edges.py", argument } },
        Input = new Input { Pfs = new PFSInput { Repo = "images", Glob = "/*" } },
    };
}
