using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm;

/// <summary>
/// One operation of an extract stream: an <c>admin.Op</c> message, kept as its original bytes. Its content is parsed only on demand, so that objects
/// are not copied, and fields that this version of PachUp does not know are preserved.
/// </summary>
public sealed class Operation
{
    /// <summary>The largest value of an <see cref="OperationKind.Object"/> or <see cref="OperationKind.Block"/> that pachd sends, in bytes.</summary>
    public const int MaxValueBytes = 10 * 1024 * 1024;

    private Operation(ReadOnlyMemory<byte> bytes, OperationGeneration generation, OperationKind kind, ReadOnlyMemory<byte> payload)
    {
        Bytes = bytes;
        Generation = generation;
        Kind = kind;
        Payload = payload;
    }

    /// <summary>The serialized <c>admin.Op</c>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The generation; <see cref="OperationGeneration.None"/> if it is empty or unknown.</summary>
    public OperationGeneration Generation { get; }

    /// <summary>What the operation creates; <see cref="OperationKind.Unknown"/> if it is empty or unknown.</summary>
    public OperationKind Kind { get; }

    /// <summary>The serialized message inside, such as a <c>pfs.CreateRepoRequest</c>.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Reads the envelope of an <c>admin.Op</c>. The payload is not parsed.</summary>
    /// <param name="bytes">The serialized message. It is kept, not copied, and must not change afterwards.</param>
    /// <exception cref="MalformedOperationException">The bytes are not a message, or the message has more than one operation.</exception>
    public static Operation FromBytes(ReadOnlyMemory<byte> bytes)
    {
        var (generation, body) = OnlyField(bytes);
        if (generation is < 1 or > (int)OperationGeneration.V1_13)
        {
            return new Operation(bytes, OperationGeneration.None, OperationKind.Unknown, default);
        }

        var (kind, payload) = OnlyField(body);
        var known = Enum.IsDefined((OperationKind)kind) ? (OperationKind)kind : OperationKind.Unknown;
        return new Operation(bytes, (OperationGeneration)generation, known, payload);
    }

    /// <summary>Creates an operation from a message.</summary>
    /// <param name="generation">The generation, except <see cref="OperationGeneration.None"/>.</param>
    /// <param name="kind">The kind of <paramref name="message"/>.</param>
    /// <param name="message">The message inside.</param>
    public static Operation Create(OperationGeneration generation, OperationKind kind, IMessage message) =>
        Wrap(generation, kind, message.ToByteArray());

    /// <summary>An operation that creates a repo.</summary>
    public static Operation Repo(OperationGeneration generation, CreateRepoRequest request) => Create(generation, OperationKind.Repo, request);

    /// <summary>An operation that builds a commit.</summary>
    public static Operation Commit(OperationGeneration generation, BuildCommitRequest request) => Create(generation, OperationKind.Commit, request);

    /// <summary>An operation that creates a branch.</summary>
    public static Operation Branch(OperationGeneration generation, CreateBranchRequest request) => Create(generation, OperationKind.Branch, request);

    /// <summary>An operation that creates a pipeline.</summary>
    public static Operation Pipeline(OperationGeneration generation, CreatePipelineRequest request) =>
        Create(generation, OperationKind.Pipeline, request);

    /// <summary>The same payload, byte for byte, as an operation of another generation.</summary>
    public Operation In(OperationGeneration generation) => generation == Generation ? this : Wrap(generation, Kind, Payload.Span);

    /// <summary>The repo to create. Only for <see cref="OperationKind.Repo"/>.</summary>
    public CreateRepoRequest AsRepo() => Parse(OperationKind.Repo, CreateRepoRequest.Parser);

    /// <summary>The commit to build. Only for <see cref="OperationKind.Commit"/>.</summary>
    public BuildCommitRequest AsCommit() => Parse(OperationKind.Commit, BuildCommitRequest.Parser);

    /// <summary>The branch to create. Only for <see cref="OperationKind.Branch"/>.</summary>
    public CreateBranchRequest AsBranch() => Parse(OperationKind.Branch, CreateBranchRequest.Parser);

    /// <summary>The pipeline to create. Only for <see cref="OperationKind.Pipeline"/>.</summary>
    public CreatePipelineRequest AsPipeline() => Parse(OperationKind.Pipeline, CreatePipelineRequest.Parser);

    /// <summary>The job to create. Only for <see cref="OperationKind.Job"/>.</summary>
    public CreateJobRequest AsJob() => Parse(OperationKind.Job, CreateJobRequest.Parser);

    /// <summary>The object and its tags. Only for <see cref="OperationKind.Tag"/>.</summary>
    public TagObjectRequest AsTag() => Parse(OperationKind.Tag, TagObjectRequest.Parser);

    /// <summary>The object and its block. Only for <see cref="OperationKind.CreateObject"/>.</summary>
    public CreateObjectRequest AsCreateObject() => Parse(OperationKind.CreateObject, CreateObjectRequest.Parser);

    /// <summary>
    /// The content bytes of an <see cref="OperationKind.Object"/> or <see cref="OperationKind.Block"/>, not copied. Empty at the end of
    /// an object or block.
    /// </summary>
    /// <exception cref="MalformedOperationException">The payload is not a message.</exception>
    public ReadOnlyMemory<byte> ReadValue()
    {
        var valueField = Kind switch
        {
            OperationKind.Object => PutObjectRequest.ValueFieldNumber,
            OperationKind.Block => PutBlockRequest.ValueFieldNumber,
            _ => throw new InvalidOperationException($"a {Kind} operation has no value"),
        };
        return ProtobufFields.Read(Payload)
            .Where(field => field.Number == valueField && field.IsLengthDelimited).Select(field => field.Content).LastOrDefault();
    }

    private T Parse<T>(OperationKind kind, MessageParser<T> parser)
        where T : IMessage<T>
    {
        if (Kind != kind)
        {
            throw new InvalidOperationException($"the operation is a {Kind}, not a {kind}");
        }

        try
        {
            return parser.ParseFrom(Payload.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new MalformedOperationException($"the content of a {Kind} operation cannot be read", e);
        }
    }

    private static Operation Wrap(OperationGeneration generation, OperationKind kind, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)generation, (int)OperationGeneration.None, nameof(generation));
        ArgumentOutOfRangeException.ThrowIfEqual((int)kind, (int)OperationKind.Unknown, nameof(kind));
        var inner = ProtobufFields.EnvelopeSize((int)kind, payload.Length);
        var bytes = new byte[ProtobufFields.EnvelopeSize((int)generation, inner)];
        var at = ProtobufFields.WriteHeader(bytes, (int)generation, inner);
        at += ProtobufFields.WriteHeader(bytes.AsSpan(at), (int)kind, payload.Length);
        payload.CopyTo(bytes.AsSpan(at));
        return new Operation(bytes, generation, kind, bytes.AsMemory(at));
    }

    /// <summary>The only field of a message; number 0 if the message has no field.</summary>
    private static (int Number, ReadOnlyMemory<byte> Content) OnlyField(ReadOnlyMemory<byte> message)
    {
        (int Number, ReadOnlyMemory<byte> Content) only = default;
        foreach (var field in ProtobufFields.Read(message))
        {
            if (only.Number != 0)
            {
                throw new MalformedOperationException($"an operation has more than one field: {only.Number} and {field.Number}");
            }

            if (!field.IsLengthDelimited)
            {
                throw new MalformedOperationException($"field {field.Number} of an operation is a number, but a message is expected");
            }

            only = (field.Number, field.Content);
        }

        return only;
    }
}
