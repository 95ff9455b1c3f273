using System.Text.Json.Nodes;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>A permission to ask the server about.</summary>
/// <param name="Verb">The verb: <c>get</c>.</param>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Resource">The resource: <c>pods</c>.</param>
internal sealed record AccessQuestion(string Verb, string Group, string Resource)
{
    /// <summary>The subresource: <c>log</c>; empty for none.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The name of the object; empty for all objects.</summary>
    public string Name { get; init; } = "";

    /// <summary>The namespace; empty for all namespaces, and for resources without one.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The path of the API server, for a permission that is not about a resource: <c>/healthz</c>; empty for all others.</summary>
    public string Path { get; init; } = "";

    /// <summary>The resource with its subresource: <c>pods/log</c>.</summary>
    public string QualifiedResource => Subresource.Length > 0 ? $"{Resource}/{Subresource}" : Resource;

    /// <summary>The spec of an access review.</summary>
    public JsonObject ToReview() => Path.Length > 0
        ? new JsonObject { ["nonResourceAttributes"] = new JsonObject { ["verb"] = Verb, ["path"] = Path } }
        : new JsonObject { ["resourceAttributes"] = ToAttributes() };

    private JsonObject ToAttributes() => new()
    {
        ["verb"] = Verb,
        ["group"] = Group,
        ["resource"] = Resource,
        ["subresource"] = Subresource,
        ["name"] = Name,
        ["namespace"] = Namespace,
    };
}
