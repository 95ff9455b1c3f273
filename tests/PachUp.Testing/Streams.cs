using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Testing;

/// <summary>Operations in the format of 1.8.</summary>
public static class Streams
{
    public static Operation Object(int bytes) => Operation.Create(
        OperationGeneration.V1_8, OperationKind.Object, new PutObjectRequest { Value = Google.Protobuf.ByteString.CopyFrom(new byte[bytes]) });

    public static Operation Tag(string hash, params IEnumerable<string> names) => Operation.Create(
        OperationGeneration.V1_8,
        OperationKind.Tag,
        new TagObjectRequest { Object = new Pachyderm.Wire.Pfs.Object { Hash = hash }, Tags = { names.Select(name => new Tag { Name = name }) } });

    public static Operation Repo(string name) => Operation.Repo(OperationGeneration.V1_8, new CreateRepoRequest { Repo = new Repo { Name = name } });

    public static Operation Pipeline(string name) =>
        Operation.Pipeline(OperationGeneration.V1_8, new CreatePipelineRequest { Pipeline = new Pipeline { Name = name } });

    public static Operation Commit(string repo, string id, string? parent = null, string branch = "master") => Operation.Commit(OperationGeneration.V1_8, new BuildCommitRequest
    {
        Parent = new Commit { Repo = new Repo { Name = repo }, Id = parent is null ? "" : Clusters.Id(parent) },
        ID = Clusters.Id(id),
        Branch = branch,
        Tree = new Pachyderm.Wire.Pfs.Object { Hash = $"tree-{id}" },
    });

    public static Operation Branch(string repo, string name, string? head = null) => Operation.Branch(OperationGeneration.V1_8, new CreateBranchRequest
    {
        Branch = new Branch { Repo = new Repo { Name = repo }, Name = name },
        Head = head is null ? null : new Commit { Repo = new Repo { Name = repo }, Id = Clusters.Id(head) },
    });
}
