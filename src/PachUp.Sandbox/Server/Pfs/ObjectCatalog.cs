using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Lists and tags objects.</summary>
internal sealed class ObjectCatalog(Pachd pachd)
{
    /// <summary>All objects, in the order of their hashes.</summary>
    public IEnumerable<ObjectInfo> ListObjects() => pachd.Objects.ListObjects().Select(pachd.Objects.Inspect);

    /// <summary>The tags with a prefix; with their objects if the request wants them.</summary>
    public IEnumerable<ListTagsResponse> ListTags(ListTagsRequest request) => pachd.Objects.ListTags(request.Prefix).Select(tag => new ListTagsResponse
    {
        Tag = new Tag { Name = tag.Tag },
        Object = request.IncludeObject ? new Wire.Object { Hash = tag.Hash } : null,
    });

    /// <exception cref="PachdError">The object is missing.</exception>
    public void Tag(TagObjectRequest request)
    {
        var target = ServerCrash.IfNull(request.Object);
        if (!pachd.Objects.HasObject(target.Hash))
            throw new PachdError($"object hash:\"{target.Hash}\"  does not exist");

        foreach (var tag in request.Tags)
        {
            pachd.Objects.PutTag(tag.Name, target.Hash);
        }
    }

    /// <summary>The object of a tag.</summary>
    public ObjectInfo InspectTag(Tag tag) => pachd.Objects.Inspect(pachd.Objects.ObjectOfTag(tag.Name));
}
