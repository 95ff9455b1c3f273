using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>The service account of a Job and its permissions, from <c>rbac.yaml</c>.</summary>
/// <param name="home">The namespace of the Job.</param>
/// <param name="deployed">The deployment there: the Job needs all permissions of the roles that it deploys.</param>
internal sealed class JobAccess(string home, DeploymentManifests deployed)
{
    /// <summary>The name of objects without a namespace.</summary>
    public static string ClusterWideName(string home) => $"pachup-{home}";

    /// <summary>The account, and its permissions in its own namespace and outside namespaces.</summary>
    public DeploymentManifests AtHome() => new(
        [JobTemplates.Get("ServiceAccount"), Role("Role"), BindingIn("RoleBinding"), ClusterWide(Role("ClusterRole")), ClusterWide(BindingIn("ClusterRoleBinding"))]);

    /// <summary>The account's permissions in another namespace.</summary>
    public DeploymentManifests Elsewhere() => new([Role("Role"), BindingIn("RoleBinding")]);

    private JsonObject Role(string kind)
    {
        var role = JobTemplates.Get(kind);
        var rules = role["rules"]!.AsArray();
        foreach (var rule in deployed.Objects.Where(value => value.Kind() == kind).SelectMany(value => value.Items("rules")))
        {
            rules.Add(rule.Copy());
        }

        return role;
    }

    private JsonObject BindingIn(string kind)
    {
        var binding = JobTemplates.Get(kind);
        foreach (var subject in binding.Items("subjects"))
        {
            subject["namespace"] = home;
        }

        return binding;
    }

    private JsonObject ClusterWide(JsonObject value)
    {
        var name = ClusterWideName(home);
        value.Metadata()["name"] = name;
        if (value["roleRef"] is JsonObject role)
        {
            role["name"] = name;
        }

        return value;
    }
}
