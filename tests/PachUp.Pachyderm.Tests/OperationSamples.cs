using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Pachyderm.Tests;

/// <summary>Operations for tests.</summary>
internal static class OperationSamples
{
    public static Operation Repo(string name) =>
        Operation.Repo(OperationGeneration.V1_8, new CreateRepoRequest { Repo = new Repo { Name = name } });

    /// <summary>A part of an object. An empty value ends the object.</summary>
    public static Operation Chunk(params byte[] value) =>
        Operation.Create(OperationGeneration.V1_8, OperationKind.Object, new PutObjectRequest { Value = ByteString.CopyFrom(value) });

    public static Operation Block(params byte[] value) =>
        Operation.Create(OperationGeneration.V1_9, OperationKind.Block, new PutBlockRequest { Value = ByteString.CopyFrom(value) });
}
