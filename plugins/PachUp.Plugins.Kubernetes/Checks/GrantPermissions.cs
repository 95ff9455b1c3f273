using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Checks;

/// <summary>
/// The permissions that are needed to create the roles of Pachyderm. Kubernetes lets a user create a role only if the user has all permissions of the
/// role, or "escalate" on roles; for its binding, the user needs the same permissions, or "bind".
/// </summary>
internal static class GrantPermissions
{
    private const string Group = "rbac.authorization.k8s.io";

    /// <summary>The missing permissions, each as <c>get, list, watch nodes in all namespaces</c>.</summary>
    /// <param name="api">The namespace to deploy to.</param>
    /// <param name="deployed">The deployment with the roles.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<string>> MissingAsync(KubeApi api, DeploymentManifests deployed, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var role in deployed.Objects.Where(value => value.Kind() is "ClusterRole" or "Role"))
        {
            var ns = role.Kind() == "Role" ? api.Namespace : "";
            if (await MayGrantAnythingAsync(api, ns, cancellationToken))
            {
                continue;
            }

            var questions = role.Items("rules").SelectMany(rule => QuestionsOf(rule, ns)).Distinct();
            foreach (var sameObjects in questions.GroupBy(question => question with { Verb = "" }))
            {
                List<string> refused = [];
                foreach (var question in sameObjects)
                {
                    if (!await api.IsAllowedAsync(question, cancellationToken))
                    {
                        refused.Add(question.Verb);
                    }
                }

                if (refused.Count > 0)
                {
                    missing.Add($"{string.Join(", ", refused)} {Describe(sameObjects.Key)}");
                }
            }
        }

        return missing;
    }

    private static async Task<bool> MayGrantAnythingAsync(KubeApi api, string ns, CancellationToken cancellationToken)
    {
        var roles = ns.Length > 0 ? "roles" : "clusterroles";
        return await api.IsAllowedAsync(new AccessQuestion("escalate", Group, roles) { Namespace = ns }, cancellationToken)
            && await api.IsAllowedAsync(new AccessQuestion("bind", Group, roles) { Namespace = ns }, cancellationToken);
    }

    private static IEnumerable<AccessQuestion> QuestionsOf(JsonObject rule, string ns) =>
        from resource in Texts(rule, "resources")
        let parts = resource.Split('/', 2)
        from verb in Texts(rule, "verbs")
        from apiGroup in Texts(rule, "apiGroups")
        from name in Texts(rule, "resourceNames").DefaultIfEmpty("")
        select new AccessQuestion(verb, apiGroup, parts[0]) { Subresource = parts.ElementAtOrDefault(1) ?? "", Name = name, Namespace = ns };

    private static IEnumerable<string> Texts(JsonObject rule, string name) => rule[name] is JsonArray texts ? texts.Select(text => text?.ToString() ?? "") : [];

    private static string Describe(AccessQuestion subject)
    {
        var resource = subject.Subresource.Length > 0 ? $"{subject.Resource}/{subject.Subresource}" : subject.Resource;
        var name = subject.Name.Length > 0 ? $" \"{subject.Name}\"" : "";
        return $"{resource}{name} in {(subject.Namespace.Length > 0 ? $"namespace \"{subject.Namespace}\"" : "all namespaces")}, because a role of Pachyderm has it";
    }
}
