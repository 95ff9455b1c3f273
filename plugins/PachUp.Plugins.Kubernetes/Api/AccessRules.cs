using System.Text.Json.Nodes;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>What a user may do in a namespace, as the server lists it in one answer.</summary>
internal sealed class AccessRules
{
    // A namespace in which nobody has permissions of its own: what is allowed there is allowed everywhere.
    private const string Nowhere = "pachup-does-not-exist";

    private readonly IReadOnlyList<JsonObject> _rules;
    private readonly IReadOnlyList<JsonObject> _pathRules;

    private AccessRules(JsonObject status, bool isComplete) =>
        (_rules, _pathRules, IsComplete) = (status.Items("resourceRules"), status.Items("nonResourceRules"), isComplete);

    /// <summary>Whether everything that the user may do is in the list. Some authorizers, such as those of clouds, only answer single questions.</summary>
    public bool IsComplete { get; }

    /// <summary>Reads what the user may do.</summary>
    /// <param name="transport">The connection.</param>
    /// <param name="ns">The namespace; empty for all namespaces, and for resources without one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="KubeException">The server does not answer.</exception>
    public static async Task<AccessRules> ReadAsync(KubeTransport transport, string ns, CancellationToken cancellationToken)
    {
        var review = new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectRulesReview",
            ["spec"] = new JsonObject { ["namespace"] = ns.Length > 0 ? ns : Nowhere },
        };
        try
        {
            var answer = await transport.SendAsync(HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", review, cancellationToken);
            var status = answer.Child("status");
            return new AccessRules(status, status["incomplete"]?.GetValue<bool>() == false);
        }
        catch (KubeException e) when (e.IsForbidden || e.IsNotFound)
        {
            // The server does not list permissions, but it answers single questions.
            return new AccessRules([], isComplete: false);
        }
    }

    /// <summary>Whether a rule allows it.</summary>
    public bool Allow(AccessQuestion question) =>
        question.Path.Length > 0 ? _pathRules.Any(rule => AllowsPath(rule, question)) : _rules.Any(rule => Allows(rule, question));

    // A path may end with a star. A question about such a path is only allowed by a rule that covers all of it.
    private static bool AllowsPath(JsonObject rule, AccessQuestion question) =>
        Contains(rule, "verbs", question.Verb) && rule["nonResourceURLs"] is JsonArray paths && paths.Any(path => path?.ToString() is { } text
            && (text == question.Path || (text.EndsWith('*') && question.Path.StartsWith(text[..^1], StringComparison.Ordinal))));

    private static bool Allows(JsonObject rule, AccessQuestion question) =>
        Contains(rule, "verbs", question.Verb)
        && Contains(rule, "apiGroups", question.Group)
        && (Contains(rule, "resources", question.QualifiedResource) || Contains(rule, "resources", $"*/{question.Subresource}"))
        && (rule["resourceNames"] is not JsonArray { Count: > 0 } || Contains(rule, "resourceNames", question.Name));

    private static bool Contains(JsonObject rule, string name, string value) =>
        rule[name] is JsonArray values && values.Any(one => one?.ToString() is { } text && (text == value || text == "*"));
}
