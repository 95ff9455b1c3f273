using System.Collections.Immutable;

namespace PachUp.KubeApiServer.Resources;

/// <summary>A kind of object in one version of its API group.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version: <c>v1</c>.</param>
/// <param name="Kind">The kind: <c>Deployment</c>.</param>
/// <param name="Plural">What paths call it: <c>deployments</c>.</param>
/// <param name="Namespaced">Whether it lives in a namespace.</param>
public sealed record ResourceType(string Group, string Version, string Kind, string Plural, bool Namespaced)
{
    /// <summary>Whether all objects of a list can be deleted at once.</summary>
    public bool HasDeleteCollection { get; init; } = true;

    /// <summary>Whether deleting answers with a <c>Status</c> and not with the object.</summary>
    public bool AnswersDeleteWithStatus { get; init; }

    /// <summary>Whether objects can only be created, and are not kept: reviews.</summary>
    public bool IsReview { get; init; }

    /// <summary>What <c>apiVersion</c> says: <c>apps/v1</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>How errors about one object name the resource: <c>deployments.apps</c>.</summary>
    public string QualifiedName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>How errors about validity name the kind: <c>Deployment.apps</c>.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>Under what objects are kept: the same for all versions and groups that show the same objects.</summary>
    public string StorageName => Plural;

    /// <summary>Where the objects of a namespace are.</summary>
    public string PathOf(string ns)
    {
        var root = Group.Length == 0 ? "/api/v1" : $"/apis/{Group}/{Version}";
        return Namespaced ? $"{root}/namespaces/{ns}/{Plural}" : $"{root}/{Plural}";
    }

    internal ImmutableArray<string> Verbs => IsReview ? ["create"]
        : HasDeleteCollection ? ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
        : ["create", "delete", "get", "list", "patch", "update", "watch"];
}
