using System.Text.Json.Nodes;

namespace PachUp.KubeApiServer.Resources;

/// <summary>The discovery documents, which list the kinds of the server.</summary>
internal sealed class Discovery(ApiProfile profile)
{
    public JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = $"{profile.Minor}",
        ["gitVersion"] = $"v1.{profile.Minor}.0",
        ["platform"] = "linux/amd64",
    };

    public static JsonObject CoreVersions() => new() { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1") };

    public JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. profile.Resources.Select(type => type.Group).Where(group => group.Length > 0).Distinct().Select(GroupOf)]),
    };

    /// <summary>The resources of one version of a group.</summary>
    /// <exception cref="ApiException">The server does not have this version.</exception>
    public JsonObject ResourcesOf(string group, string version)
    {
        var types = profile.Resources.Where(type => type.Group == group && type.Version == version).ToList();
        return types.Count == 0 ? throw ApiException.UnknownPath() : new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["groupVersion"] = types[0].ApiVersion,
            ["resources"] = new JsonArray([.. types.Select(Describe)]),
        };
    }

    private JsonNode GroupOf(string group)
    {
        var versions = profile.Resources.Where(type => type.Group == group).Select(type => type.Version).Distinct().ToList();
        return new JsonObject
        {
            ["name"] = group,
            ["versions"] = new JsonArray([.. versions.Select(version => VersionOf(group, version))]),
            ["preferredVersion"] = VersionOf(group, versions[0]),
        };
    }

    private static JsonObject VersionOf(string group, string version) =>
        new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };

    private static JsonNode Describe(ResourceType type) => new JsonObject
    {
        ["name"] = type.Plural,
        ["singularName"] = "",
        ["namespaced"] = type.Namespaced,
        ["kind"] = type.Kind,
        ["verbs"] = new JsonArray([.. type.Verbs.Select(verb => (JsonNode)verb)]),
    };
}
