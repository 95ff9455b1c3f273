using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Services;

/// <summary>Objects, blocks and tags.</summary>
internal sealed class ObjectService(Pachd pachd, ObjectCatalog objects) : ObjectAPI.ObjectAPIBase
{
    private const int SplitBytes = 16 * 1024 * 1024;

    public override async Task<Wire.Object> PutObject(IAsyncStreamReader<PutObjectRequest> requests, ServerCallContext context)
    {
        var (content, tags, _) = await ReadAsync(requests, context.CancellationToken);
        return Store(content, tags);
    }

    public override async Task<Objects> PutObjectSplit(IAsyncStreamReader<PutObjectRequest> requests, ServerCallContext context)
    {
        var (content, tags, _) = await ReadAsync(requests, context.CancellationToken);
        var parts = content.Length == 0 ? [content] : content.Chunk(SplitBytes);
        return new Objects { Objects_ = { parts.Select(part => Store(part, tags)) } };
    }

    public override async Task<Empty> PutObjects(IAsyncStreamReader<PutObjectRequest> requests, ServerCallContext context)
    {
        var (content, _, block) = await ReadAsync(requests, context.CancellationToken);
        pachd.Objects.PutBlock(ServerCrash.IfNull(block).Hash, content);
        return new Empty();
    }

    public override Task GetObject(Wire.Object request, IServerStreamWriter<BytesValue> response, ServerCallContext context) =>
        SendAsync([pachd.Objects.Read(request.Hash)], response, context);

    public override Task GetObjects(GetObjectsRequest request, IServerStreamWriter<BytesValue> response, ServerCallContext context) => SendAsync(
        ContentRange.Cut(request.Objects.Select(wanted => pachd.Objects.Read(wanted.Hash)), (long)request.OffsetBytes, (long)request.SizeBytes),
        response,
        context);

    public override Task GetBlocks(GetBlocksRequest request, IServerStreamWriter<BytesValue> response, ServerCallContext context) => SendAsync(
        ContentRange.Cut(request.BlockRefs.Select(pachd.Objects.Read), (long)request.OffsetBytes, (long)request.SizeBytes), response, context);

    public override Task<Empty> TagObject(TagObjectRequest request, ServerCallContext context)
    {
        objects.Tag(request);
        return Task.FromResult(new Empty());
    }

    public override Task<ObjectInfo> InspectObject(Wire.Object request, ServerCallContext context) => Task.FromResult(pachd.Objects.Inspect(request.Hash));

    public override Task<CheckObjectResponse> CheckObject(CheckObjectRequest request, ServerCallContext context) =>
        Task.FromResult(new CheckObjectResponse { Exists = pachd.Objects.HasObject(ServerCrash.IfNull(request.Object).Hash) });

    public override Task ListObjects(ListObjectsRequest request, IServerStreamWriter<ObjectInfo> response, ServerCallContext context) =>
        SendAsync(objects.ListObjects(), response, context);

    public override Task<DeleteObjectsResponse> DeleteObjects(DeleteObjectsRequest request, ServerCallContext context)
    {
        request.Objects.ToList().ForEach(unwanted => pachd.Objects.DeleteObject(unwanted.Hash));
        return Task.FromResult(new DeleteObjectsResponse());
    }

    public override Task GetTag(Tag request, IServerStreamWriter<BytesValue> response, ServerCallContext context) =>
        SendAsync([pachd.Objects.Read(objects.InspectTag(request).BlockRef)], response, context);

    public override Task<ObjectInfo> InspectTag(Tag request, ServerCallContext context) => Task.FromResult(objects.InspectTag(request));

    public override Task ListTags(ListTagsRequest request, IServerStreamWriter<ListTagsResponse> response, ServerCallContext context) =>
        SendAsync(objects.ListTags(request), response, context);

    public override Task<DeleteTagsResponse> DeleteTags(DeleteTagsRequest request, ServerCallContext context)
    {
        request.Tags.ToList().ForEach(unwanted => pachd.Objects.DeleteTag(unwanted.Name));
        return Task.FromResult(new DeleteTagsResponse());
    }

    /// <summary>Compacts the storage index of a real server. The sandbox has no such index.</summary>
    public override Task<Empty> Compact(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override Task<Empty> CreateObject(CreateObjectRequest request, ServerCallContext context)
    {
        pachd.Objects.PutObject(ServerCrash.IfNull(request.Object).Hash, ServerCrash.IfNull(request.BlockRef));
        return Task.FromResult(new Empty());
    }

    public override async Task<Empty> PutBlock(IAsyncStreamReader<PutBlockRequest> requests, ServerCallContext context)
    {
        using var content = new MemoryStream();
        var block = "";
        await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
        {
            block = request.Block?.Hash ?? block;
            request.Value.WriteTo(content);
        }

        pachd.Objects.PutBlock(block, content.ToArray());
        return new Empty();
    }

    public override Task GetBlock(GetBlockRequest request, IServerStreamWriter<BytesValue> response, ServerCallContext context) =>
        SendAsync([pachd.Objects.ReadBlock(ServerCrash.IfNull(request.Block).Hash)], response, context);

    public override Task ListBlock(ListBlockRequest request, IServerStreamWriter<Block> response, ServerCallContext context) =>
        SendAsync(pachd.Objects.ListBlocks().Select(name => new Block { Hash = name }), response, context);

    private Wire.Object Store(byte[] content, IEnumerable<Tag> tags)
    {
        var stored = pachd.Objects.Put(content);
        foreach (var tag in tags)
        {
            pachd.Objects.PutTag(tag.Name, stored.Hash);
        }

        return stored;
    }

    private static async Task<(byte[] Content, IReadOnlyList<Tag> Tags, Block? Block)> ReadAsync(
        IAsyncStreamReader<PutObjectRequest> requests, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var (tags, block) = (new List<Tag>(), default(Block));
        await foreach (var request in requests.ReadAllAsync(cancellationToken))
        {
            request.Value.WriteTo(content);
            tags.AddRange(request.Tags);
            block ??= request.Block;
        }

        return (content.ToArray(), tags, block);
    }

    private static Task SendAsync(IEnumerable<ReadOnlyMemory<byte>> content, IServerStreamWriter<BytesValue> response, ServerCallContext context) =>
        SendAsync(content.SelectMany(ContentRange.Pieces).Select(part => new BytesValue { Value = ByteString.CopyFrom(part.Span) }), response, context);

    private static async Task SendAsync<T>(IEnumerable<T> messages, IServerStreamWriter<T> response, ServerCallContext context)
    {
        foreach (var message in messages)
        {
            await response.WriteAsync(message, context.CancellationToken);
        }
    }
}
