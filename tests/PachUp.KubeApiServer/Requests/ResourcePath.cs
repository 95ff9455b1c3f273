using PachUp.KubeApiServer.Resources;

namespace PachUp.KubeApiServer.Requests;

/// <summary>A parsed path.</summary>
/// <param name="Type">The kind of object.</param>
/// <param name="Namespace">The namespace; empty for all, and for kinds without a namespace.</param>
/// <param name="Name">The object; empty for all objects.</param>
/// <param name="Subresource">A part of the object, such as <c>scale</c>; empty for the whole object.</param>
internal sealed record ResourcePath(ResourceType Type, string Namespace, string Name, string Subresource)
{
    /// <summary>Parses a path below <c>/api</c> or <c>/apis</c> that has at least a resource.</summary>
    /// <exception cref="ApiException">The server does not have this path.</exception>
    public static ResourcePath Parse(string path, ApiProfile profile)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, rest) = parts[0] == "api" ? ("", parts[1..]) : (parts[1], parts[2..]);
        if (!profile.HasGroup(group))
            throw ApiException.UnknownPath();

        var (version, below) = (rest[0], rest[1..]);
        var (ns, resource) = below is ["namespaces", var inside, _, ..] && profile.Find(group, version, below[2]) is { Namespaced: true }
            ? (inside, below[2..])
            : ("", below);
        var type = profile.Find(group, version, resource[0]) ?? throw ApiException.UnknownResource();
        return new ResourcePath(type, ns, resource.ElementAtOrDefault(1) ?? "", resource.ElementAtOrDefault(2) ?? "");
    }
}
