using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Requests;

/// <summary>Manages the permissions of the client, and refuses other requests.</summary>
public sealed class AccessReviews
{
    private readonly HashSet<(string Verb, string Resource)> _denied = [];

    /// <summary>Removes a permission.</summary>
    /// <param name="verb">The verb: <c>create</c>.</param>
    /// <param name="resource">The resource: <c>deployments</c>.</param>
    public void Deny(string verb, string resource)
    {
        lock (_denied)
            _denied.Add((verb, resource));
    }

    internal bool IsAllowed(string verb, string resource)
    {
        lock (_denied)
            return !_denied.Contains((verb, resource));
    }

    internal JsonObject Answer(JsonObject review)
    {
        var answer = review.Copy();
        var asked = review.Spec().Child("resourceAttributes");
        var resource = asked.Text("subresource") is { Length: > 0 } subresource ? $"{asked.Text("resource")}/{subresource}" : asked.Text("resource");
        answer["status"] = new JsonObject { ["allowed"] = IsAllowed(asked.Text("verb"), resource) };
        return answer;
    }

    internal void Require(string verb, ResourcePath path)
    {
        if (!IsAllowed(verb, path.Type.Plural))
        {
            var where = path.Namespace.Length > 0 ? $" in the namespace \"{path.Namespace}\"" : " at the cluster scope";
            var group = path.Type.Group.Length > 0 ? $" in API group \"{path.Type.Group}\"" : "";
            throw ApiException.Forbidden(
                $"{path.Type.QualifiedName}{(path.Name.Length > 0 ? $" \"{path.Name}\"" : "")} is forbidden: "
                    + $"User \"tester\" cannot {verb} resource \"{path.Type.Plural}\"{group}{where}");
        }
    }
}
