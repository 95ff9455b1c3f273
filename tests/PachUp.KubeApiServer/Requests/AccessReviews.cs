using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Requests;

/// <summary>Manages the permissions of the client, and refuses other requests.</summary>
public sealed class AccessReviews
{
    private static readonly string[] Verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "escalate", "bind"];
    private static readonly string[] Subresources = ["", "log", "portforward", "scale", "status"];

    private readonly HashSet<(string Verb, string Resource)> _denied = [];
    private readonly HashSet<(string Verb, string Resource)> _deniedClusterWide = [];

    /// <summary>Removes a permission.</summary>
    /// <param name="verb">The verb: <c>create</c>.</param>
    /// <param name="resource">The resource: <c>deployments</c>, <c>pods/portforward</c>.</param>
    public void Deny(string verb, string resource)
    {
        lock (_denied)
            _denied.Add((verb, resource));
    }

    /// <summary>Removes a permission for all namespaces together. The client keeps it in every single namespace.</summary>
    /// <param name="verb">The verb: <c>create</c>.</param>
    /// <param name="resource">The resource: <c>services</c>.</param>
    public void DenyClusterWide(string verb, string resource)
    {
        lock (_denied)
            _deniedClusterWide.Add((verb, resource));
    }

    /// <summary>Whether the server only answers single questions, as some authorizers do.</summary>
    public bool ListsNoRules { get; set; }

    /// <summary>Whether the client may read the paths that are no resources, such as <c>/healthz</c>.</summary>
    public bool AllowsPaths { get; set; } = true;

    /// <summary>Answers which rules the client has.</summary>
    /// <param name="review">The question.</param>
    /// <param name="profile">The kinds of the server.</param>
    /// <param name="namespaceExists">Whether the namespace exists. If not, only rules for all namespaces count.</param>
    internal JsonObject AnswerRules(JsonObject review, ApiProfile profile, bool namespaceExists)
    {
        var ns = namespaceExists ? review.Spec().Text("namespace") : "";
        var rules = profile.Resources
            .SelectMany(type => Subresources.Select(part => (type.Group, Resource: NameOf(type.Plural, part))))
            .Distinct()
            .Select(of => RuleOf(of.Group, of.Resource, [.. Verbs.Where(verb => IsAllowed(verb, of.Resource, ns))]));
        var answer = review.Copy();
        answer["status"] = new JsonObject
        {
            ["resourceRules"] = ListsNoRules ? [] : new JsonArray([.. rules]),
            ["nonResourceRules"] = ListsNoRules || !AllowsPaths
                ? []
                : new JsonArray(new JsonObject { ["verbs"] = new JsonArray("get"), ["nonResourceURLs"] = new JsonArray("/health*", "/metrics") }),
            ["incomplete"] = ListsNoRules,
        };
        return answer;
    }

    private static JsonObject RuleOf(string group, string resource, IReadOnlyList<string> verbs) => new JsonObject
    {
        ["verbs"] = new JsonArray([.. verbs.Select(verb => (JsonNode)verb)]),
        ["apiGroups"] = new JsonArray(group),
        ["resources"] = new JsonArray(resource),
    };

    internal JsonObject Answer(JsonObject review)
    {
        var answer = review.Copy();
        if (review.Spec()["nonResourceAttributes"] is not null)
        {
            answer["status"] = new JsonObject { ["allowed"] = AllowsPaths };
            return answer;
        }

        var asked = review.Spec().Child("resourceAttributes");
        var resource = NameOf(asked.Text("resource"), asked.Text("subresource"));
        answer["status"] = new JsonObject { ["allowed"] = IsAllowed(asked.Text("verb"), resource, asked.Text("namespace")) };
        return answer;
    }

    internal void Require(string verb, ResourcePath path)
    {
        var resource = NameOf(path.Type.Plural, path.Subresource);
        if (!IsAllowed(verb, resource, path.Namespace))
        {
            var where = path.Namespace.Length > 0 ? $" in the namespace \"{path.Namespace}\"" : " at the cluster scope";
            throw ApiException.Forbidden(
                $"{path.Type.QualifiedName}{(path.Name.Length > 0 ? $" \"{path.Name}\"" : "")} is forbidden: "
                    + $"User \"tester\" cannot {verb} resource \"{resource}\" in API group \"{path.Type.Group}\"{where}");
        }
    }

    /// <summary>Refuses a role with permissions that the client does not have itself, unless it may escalate.</summary>
    internal void RequireToGrant(ResourcePath path, JsonObject role)
    {
        if (path.Type.Kind is not ("Role" or "ClusterRole") || IsAllowed("escalate", path.Type.Plural, path.Namespace))
            return;

        var lacking = role.Items("rules").SelectMany(rule => LackingOf(rule, path.Namespace)).ToList();
        if (lacking.Count > 0)
        {
            throw ApiException.Forbidden(
                $"{path.Type.QualifiedName} \"{role.Name()}\" is forbidden: user \"tester\" (groups=[\"system:authenticated\"]) is attempting to grant RBAC "
                    + $"permissions not currently held:\n{string.Join('\n', lacking)}");
        }
    }

    private IEnumerable<string> LackingOf(JsonObject rule, string ns) =>
        from resource in Texts(rule, "resources")
        let verbs = Texts(rule, "verbs").Where(verb => !IsAllowed(verb, resource, ns)).Select(verb => $"\"{verb}\"").ToList()
        where verbs.Count > 0
        select $"{{APIGroups:[\"{string.Join("\" \"", Texts(rule, "apiGroups"))}\"], Resources:[\"{resource}\"], Verbs:[{string.Join(' ', verbs)}]}}";

    private bool IsAllowed(string verb, string resource, string ns)
    {
        lock (_denied)
            return !_denied.Contains((verb, resource)) && (ns.Length > 0 || !_deniedClusterWide.Contains((verb, resource)));
    }

    private static string NameOf(string resource, string subresource) => subresource.Length > 0 ? $"{resource}/{subresource}" : resource;

    private static IEnumerable<string> Texts(JsonObject rule, string name) => rule[name] is JsonArray texts ? texts.Select(text => text?.ToString() ?? "") : [];
}
