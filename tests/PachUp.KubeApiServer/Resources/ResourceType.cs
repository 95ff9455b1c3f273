using System.Collections.Immutable;

namespace PachUp.KubeApiServer.Resources;

/// <summary>A kind of object in one version of its API group.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version: <c>v1</c>.</param>
/// <param name="Kind">The kind: <c>Deployment</c>.</param>
/// <param name="Plural">Its name in paths: <c>deployments</c>.</param>
/// <param name="Namespaced">Whether it belongs to a namespace.</param>
public sealed record ResourceType(string Group, string Version, string Kind, string Plural, bool Namespaced)
{
    /// <summary>Whether all objects of a list can be deleted at once.</summary>
    public bool HasDeleteCollection { get; init; } = true;

    /// <summary>Whether a deletion returns a <c>Status</c> instead of the object.</summary>
    public bool AnswersDeleteWithStatus { get; init; }

    /// <summary>Whether objects can only be created and are not stored, such as reviews.</summary>
    public bool IsReview { get; init; }

    /// <summary>The value of <c>apiVersion</c>: <c>apps/v1</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The name of the resource in errors about one object: <c>deployments.apps</c>.</summary>
    public string QualifiedName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>The name of the kind in validation errors: <c>Deployment.apps</c>.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>The key of the kind in the store. It is the same for all versions and groups with the same objects.</summary>
    public string StorageName => Plural;

    /// <summary>The path of the objects of a namespace.</summary>
    public string PathOf(string ns)
    {
        var root = Group.Length == 0 ? "/api/v1" : $"/apis/{Group}/{Version}";
        return Namespaced ? $"{root}/namespaces/{ns}/{Plural}" : $"{root}/{Plural}";
    }

    internal ImmutableArray<string> Verbs => IsReview ? ["create"]
        : HasDeleteCollection ? ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
        : ["create", "delete", "get", "list", "patch", "update", "watch"];
}
