using Google.Protobuf;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Steps.Tests.Restoring;

/// <summary>Operations made by hand.</summary>
internal static class Operations
{
    private const OperationGeneration Generation = OperationGeneration.V1_9;

    public static Operation Repo(string name) => Operation.Repo(Generation, new CreateRepoRequest { Repo = RepoOf(name) });

    /// <summary>A part of an object; its end where there is no text.</summary>
    public static Operation Chunk(string text = "") =>
        Operation.Create(Generation, OperationKind.Object, new PutObjectRequest { Value = ByteString.CopyFromUtf8(text) });

    public static Operation Tag(string name, string objectHash) => Operation.Create(
        Generation, OperationKind.Tag, new TagObjectRequest { Object = ObjectOf(objectHash), Tags = { new Tag { Name = name } } });

    /// <summary>A pipeline that reads a repo.</summary>
    public static Operation Pipeline(string name, string repo = "a") => Operation.Pipeline(Generation, new CreatePipelineRequest
    {
        Pipeline = new Pipeline { Name = name },
        Transform = new Transform { Image = "ubuntu:16.04" },
        Input = new Input { Pfs = new PFSInput { Repo = repo, Branch = "master", Glob = "/*" } },
    });

    /// <summary>A job that made a commit.</summary>
    public static Operation Job(string pipeline, int output) => Operation.Create(Generation, OperationKind.Job, new CreateJobRequest
    {
        Pipeline = new Pipeline { Name = pipeline },
        OutputCommit = new Commit { Repo = RepoOf(pipeline), Id = IdOf(output) },
    });

    public static Operation Commit(string repo, int number, string tree, int? parent = null) => Operation.Commit(Generation, new BuildCommitRequest
    {
        Parent = new Commit { Repo = RepoOf(repo), Id = parent is { } id ? IdOf(id) : "" },
        ID = IdOf(number),
        Tree = ObjectOf(tree),
        Branch = "master",
    });

    public static Operation Branch(string repo, string name, string head, params string[] provenance) => Operation.Branch(Generation, new CreateBranchRequest
    {
        Branch = new Branch { Repo = RepoOf(repo), Name = name },
        Head = new Commit { Repo = RepoOf(repo), Id = head },
        Provenance = { provenance.Select(origin => new Branch { Repo = RepoOf(origin), Name = "master" }) },
    });

    /// <summary>An id that servers take: 32 hex digits of a version 4 UUID.</summary>
    public static string IdOf(int number) => $"{number:x8}aaaa4aaa8aaaaaaaaaaaaaaa";

    private static Repo RepoOf(string name) => new() { Name = name };

    private static PachUp.Pachyderm.Wire.Pfs.Object ObjectOf(string hash) => new() { Hash = hash };
}
