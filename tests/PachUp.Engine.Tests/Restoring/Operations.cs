using Google.Protobuf;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Engine.Tests.Restoring;

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
