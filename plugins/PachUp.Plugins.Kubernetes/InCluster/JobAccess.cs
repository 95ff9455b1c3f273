using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>The service account of a Job and what it may do, after <c>rbac.yaml</c>.</summary>
/// <param name="home">The namespace that the Job is in.</param>
/// <param name="deployed">What is deployed there: who deploys roles has to have all permissions that they give.</param>
internal sealed class JobAccess(string home, DeploymentManifests deployed)
{
    /// <summary>The name of what belongs to no namespace.</summary>
    public static string ClusterWideName(string home) => $"pachup-{home}";

    /// <summary>The account, and what it may do in its own namespace and outside of namespaces.</summary>
    public DeploymentManifests AtHome() => new(
        [JobTemplates.Get("ServiceAccount"), Role("Role"), BindingIn("RoleBinding"), ClusterWide(Role("ClusterRole")), ClusterWide(BindingIn("ClusterRoleBinding"))]);

    /// <summary>What the account may do in another namespace.</summary>
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
