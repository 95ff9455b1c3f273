using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Checks;

/// <summary>
/// The permissions that are needed to create the roles of Pachyderm. Kubernetes lets a user create a role only if the user has all permissions of the
/// role, or "escalate" on roles; for its binding, the user needs the same permissions, or "bind".
/// </summary>
internal static class GrantPermissions
{
    private const string Group = "rbac.authorization.k8s.io";

    /// <summary>
    /// The missing permissions for the roles of the source and of the target, each as <c>get, list, watch nodes in all namespaces</c>. Undeploying leaves
    /// the roles of the source, but a role that is missing or different later has to be created again, by a rollback too.
    /// </summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (!PlannedDeployment.IsIn(context))
        {
            return [];
        }

        var deployment = await PlannedDeployment.ReadOnceAsync(context, cancellationToken);
        return await deployment.IsThereAlreadyAsync(cancellationToken)
            ? []
            : await MissingAsync(deployment.Target, [.. deployment.Saved.Objects, .. deployment.Wanted.Objects], cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> MissingAsync(KubeApi api, IReadOnlyList<JsonObject> objects, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var sameNamespace in (await GrantsAsync(api, objects, cancellationToken)).GroupBy(grant => grant.Namespace))
        {
            if (!await MayGrantAnythingAsync(api, sameNamespace.Key, cancellationToken))
            {
                var questions = sameNamespace.SelectMany(grant => grant.Role.Items("rules")).SelectMany(rule => QuestionsOf(rule, sameNamespace.Key).Concat(QuestionsOfPaths(rule))).Distinct();
                missing.AddRange(await RefusedAsync(api, questions, cancellationToken));
            }
        }

        return missing;
    }

    /// <summary>The roles among the objects, and those of others that bindings name, with the namespaces in which they count; empty for all.</summary>
    private static async Task<IReadOnlyList<(JsonObject Role, string Namespace)>> GrantsAsync(
        KubeApi api, IReadOnlyList<JsonObject> objects, CancellationToken cancellationToken)
    {
        List<(JsonObject Role, string Namespace)> grants = [.. objects.Where(IsRole).Select(role => (role, role.Kind() == "Role" ? api.Namespace : ""))];
        var known = objects.Where(IsRole).Select(role => role.Title()).ToHashSet();
        foreach (var binding in objects.Where(value => value.Kind() is "RoleBinding" or "ClusterRoleBinding"))
        {
            var (kind, name) = (binding.Child("roleRef").Text("kind"), binding.Child("roleRef").Text("name"));
            if (known.Add($"{kind} {name}") && await api.FindRecentAsync(api.Catalogue.Get(kind), name, cancellationToken) is { } role)
            {
                grants.Add((role, binding.Kind() == "RoleBinding" ? api.Namespace : ""));
            }
        }

        return grants;
    }

    private static bool IsRole(JsonObject value) => value.Kind() is "ClusterRole" or "Role";

    private static async Task<IReadOnlyList<string>> RefusedAsync(KubeApi api, IEnumerable<AccessQuestion> questions, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
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

    private static IEnumerable<AccessQuestion> QuestionsOfPaths(JsonObject rule) =>
        from path in Texts(rule, "nonResourceURLs")
        from verb in Texts(rule, "verbs")
        select new AccessQuestion(verb, "", "") { Path = path };

    private static IEnumerable<string> Texts(JsonObject rule, string name) => rule[name] is JsonArray texts ? texts.Select(text => text?.ToString() ?? "") : [];

    private static string Describe(AccessQuestion subject)
    {
        if (subject.Path.Length > 0)
        {
            return $"{subject.Path} of the API server, because a role of Pachyderm has it";
        }

        var resource = subject.Subresource.Length > 0 ? $"{subject.Resource}/{subject.Subresource}" : subject.Resource;
        var name = subject.Name.Length > 0 ? $" \"{subject.Name}\"" : "";
        return $"{resource}{name} in {(subject.Namespace.Length > 0 ? $"namespace \"{subject.Namespace}\"" : "all namespaces")}, because a role of Pachyderm has it";
    }
}
