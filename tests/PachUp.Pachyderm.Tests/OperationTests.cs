using Google.Protobuf;
using PachUp.Pachyderm.Tests.Archives;
using PachUp.Pachyderm.Tests.Inventories;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests;

public class OperationTests
{
    public static TheoryData<string> RecordedArchives { get; } = [.. Recordings.ArchiveNames];

    public static TheoryData<OperationGeneration, OperationKind> KindsOfGenerations()
    {
        var data = new TheoryData<OperationGeneration, OperationKind>();
        foreach (var generation in Op.Descriptor.Fields.InFieldNumberOrder())
        {
            foreach (var kind in generation.MessageType.Fields.InFieldNumberOrder())
            {
                data.Add((OperationGeneration)generation.FieldNumber, (OperationKind)kind.FieldNumber);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(RecordedArchives))]
    public async Task Recorded_operations_are_parsed_like_protobuf(string archive) =>
        Assert.All(await ArchiveSamples.ReadRecordedAsync(archive), operation =>
        {
            var op = Op.Parser.ParseFrom(operation.Bytes.Span);
            var generation = Op.Descriptor.FindFieldByNumber((int)operation.Generation);
            var body = (IMessage)generation.Accessor.GetValue(op);
            var message = (IMessage)body.Descriptor.FindFieldByNumber((int)operation.Kind).Accessor.GetValue(body);
            Assert.Equal(message.ToByteArray().Length, operation.Payload.Length);
            Assert.Equal(message, message.Descriptor.Parser.ParseFrom(operation.Payload.Span));
        });

    [Theory]
    [MemberData(nameof(KindsOfGenerations))]
    public void Every_kind_of_every_generation_has_a_name(OperationGeneration generation, OperationKind kind)
    {
        var operation = Operation.FromBytes(Operation.Create(generation, kind, new Repo { Name = "x" }).Bytes);

        Assert.True(Enum.IsDefined(generation) && Enum.IsDefined(kind));
        Assert.Equal((generation, kind), (operation.Generation, operation.Kind));
    }

    [Fact]
    public void An_operation_changes_its_generation_without_changing_its_payload()
    {
        byte[] unknownField = [0xFA, 0x7F, 2, 0xAB, 0xCD];
        var payload = new CreateRepoRequest { Repo = new Repo { Name = "images" } }.ToByteArray().Concat(unknownField).ToArray();
        var original = Operation.Create(OperationGeneration.V1_8, OperationKind.Repo, CreateRepoRequest.Parser.ParseFrom(payload));

        var moved = original.In(OperationGeneration.V1_9);

        Assert.Equal((OperationGeneration.V1_9, OperationKind.Repo), (moved.Generation, moved.Kind));
        Assert.Equal(payload, moved.Payload.ToArray());
        Assert.Equal("images", Op.Parser.ParseFrom(moved.Bytes.Span).Op19.Repo.Repo.Name);
        Assert.Same(original, original.In(OperationGeneration.V1_8));
    }

    [Fact]
    public void A_created_operation_can_be_read()
    {
        var repo = MessageSamples.Filled<CreateRepoRequest>();
        var commit = MessageSamples.Filled<BuildCommitRequest>();
        var branch = MessageSamples.Filled<CreateBranchRequest>();
        var pipeline = MessageSamples.Filled<CreatePipelineRequest>();

        Assert.Equal(repo, Operation.FromBytes(Operation.Repo(OperationGeneration.V1_9, repo).Bytes).AsRepo());
        Assert.Equal(commit, Operation.FromBytes(Operation.Commit(OperationGeneration.V1_9, commit).Bytes).AsCommit());
        Assert.Equal(branch, Operation.FromBytes(Operation.Branch(OperationGeneration.V1_9, branch).Bytes).AsBranch());
        Assert.Equal(pipeline, Operation.FromBytes(Operation.Pipeline(OperationGeneration.V1_9, pipeline).Bytes).AsPipeline());
    }

    [Fact]
    public void The_value_of_an_object_is_not_copied()
    {
        byte[] bytes = OperationSamples.Chunk(1, 2, 3).Bytes.ToArray();

        var value = Operation.FromBytes(bytes).ReadValue();
        bytes.AsSpan(bytes.Length - 3).Fill(9);

        Assert.Equal([9, 9, 9], value.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_384)]
    [InlineData(3_000_000)]
    public void Objects_and_blocks_of_any_size_have_their_value(int size)
    {
        var content = new byte[size];
        Array.Fill(content, (byte)7);

        Assert.True(OperationSamples.Chunk(content).ReadValue().Span.SequenceEqual(content));
        Assert.True(Operation.FromBytes(OperationSamples.Block(content).Bytes).ReadValue().Span.SequenceEqual(content));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x42, 0 })]
    public void An_operation_of_no_generation_is_unknown(byte[] bytes)
    {
        var operation = Operation.FromBytes(bytes);

        Assert.Equal((OperationGeneration.None, OperationKind.Unknown), (operation.Generation, operation.Kind));
    }

    [Theory]
    [InlineData(new byte[] { 0x12, 0 })]
    [InlineData(new byte[] { 0x12, 2, 0x0A, 0 })]
    [InlineData(new byte[] { 0x12, 3, 0x9A, 0x01, 0 })]
    public void An_operation_of_no_kind_is_unknown(byte[] bytes)
    {
        var operation = Operation.FromBytes(bytes);

        Assert.Equal((OperationGeneration.V1_8, OperationKind.Unknown), (operation.Generation, operation.Kind));
    }

    [Theory]
    [InlineData(new byte[] { 0x12 }, "a number does not end")]
    [InlineData(new byte[] { 0x12, 5 }, "field 2 has the length 5 bytes, but only 0 bytes are left")]
    [InlineData(new byte[] { 0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "field 2 has the length 18446744073709551615 bytes")]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 }, "a number does not end")]
    [InlineData(new byte[] { 0x02, 0 }, "a field has the impossible number 0")]
    [InlineData(new byte[] { 0x13 }, "field 2 has the unknown wire type 3")]
    [InlineData(new byte[] { 0x10, 1 }, "field 2 of an operation is a number, but a message is expected")]
    [InlineData(new byte[] { 0x11, 1, 2, 3, 4, 5, 6, 7, 8 }, "of an operation is a number")]
    [InlineData(new byte[] { 0x12, 2, 0x22, 0, 0x12, 2, 0x22, 0 }, "an operation has more than one field: 2 and 2")]
    [InlineData(new byte[] { 0x12, 4, 0x22, 0, 0x2A, 0 }, "an operation has more than one field: 4 and 5")]
    public void Bytes_that_are_not_an_operation_are_refused(byte[] bytes, string expected) =>
        Assert.Contains(expected, Assert.Throws<MalformedOperationException>(() => Operation.FromBytes(bytes)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_operation_is_not_read_as_another_kind()
    {
        var repo = OperationSamples.Repo("images");

        Assert.Throws<InvalidOperationException>(() => repo.AsCommit());
        Assert.Throws<InvalidOperationException>(() => repo.ReadValue());
        Assert.Throws<MalformedOperationException>(() => Operation.FromBytes(new byte[] { 0x12, 4, 0x22, 2, 0x0A, 5 }).AsRepo());
    }

    [Fact]
    public void An_operation_has_a_generation_and_a_kind()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Operation.Repo(OperationGeneration.None, new CreateRepoRequest()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Operation.Create(OperationGeneration.V1_8, OperationKind.Unknown, new Repo()));
    }

    [Theory]
    [InlineData(OperationGeneration.None, "unknown")]
    [InlineData(OperationGeneration.V1_7, "1.7")]
    [InlineData(OperationGeneration.V1_13, "1.13")]
    public void Generations_are_named_after_their_line(OperationGeneration generation, string expected) =>
        Assert.Equal(expected, generation.ToLineText());
}
