namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>A kind of object as the server serves it.</summary>
/// <param name="ApiVersion">Group and version, <c>apps/v1</c>; the version alone in the core group.</param>
/// <param name="Kind">The kind, <c>Deployment</c>.</param>
/// <param name="Plural">Its name in paths, <c>deployments</c>.</param>
/// <param name="Namespaced">Whether its objects belong to a namespace.</param>
internal sealed record ApiResource(string ApiVersion, string Kind, string Plural, bool Namespaced)
{
    /// <summary>The API group; empty for the core group.</summary>
    public string Group => ApiVersion.Contains('/', StringComparison.Ordinal) ? ApiVersion.Split('/')[0] : "";

    /// <summary>The path of all objects in a namespace, or of one.</summary>
    public string PathOf(string ns, string name = "")
    {
        var root = Group.Length == 0 ? $"/api/{ApiVersion}" : $"/apis/{ApiVersion}";
        var place = Namespaced ? $"{root}/namespaces/{ns}/{Plural}" : $"{root}/{Plural}";
        return name.Length == 0 ? place : $"{place}/{name}";
    }

    /// <summary>The path of the objects in all namespaces.</summary>
    public string PathEverywhere => (this with { Namespaced = false }).PathOf(ns: "");
}
