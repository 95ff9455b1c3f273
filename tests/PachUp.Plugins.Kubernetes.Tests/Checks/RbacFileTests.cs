using k8s;
using k8s.Models;
using PachUp.KubeApiServer.Resources;
using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Testing;

namespace PachUp.Plugins.Kubernetes.Tests.Checks;

public sealed class RbacFileTests
{
    [Fact]
    public async Task TheRolesThatShip_AllowWhatTheCheckAsksFor()
    {
        var file = Path.GetFullPath(Path.Combine(Recordings.Root, "..", "..", "plugins", "PachUp.Plugins.Kubernetes", "rbac.yaml"));
        var objects = await KubernetesYaml.LoadAllFromFileAsync(file);
        var inNamespace = objects.OfType<V1Role>().First().Rules;
        var outside = objects.OfType<V1ClusterRole>().First().Rules;

        foreach (var (kind, verbs) in Permissions.ByKind)
        {
            var type = ApiProfile.V1_30.Resources.First(type => type.Kind == kind);
            var rules = type.Namespaced ? inNamespace : outside;
            var rule = Assert.Single(rules, rule => rule.Resources.Contains(type.Plural) && rule.ApiGroups.Contains(type.Group));
            Assert.Equal(verbs.Order(), rule.Verbs.Order());
        }
    }

    [Theory]
    [InlineData("local-1.7.14")]
    [InlineData("google-1.8.7")]
    [InlineData("amazon-1.9.12")]
    public async Task TheLastRole_HasEveryPermissionOfTheRolesOfPachyderm(string manifests)
    {
        var file = Path.GetFullPath(Path.Combine(Recordings.Root, "..", "..", "plugins", "PachUp.Plugins.Kubernetes", "rbac.yaml"));
        var granted = (await KubernetesYaml.LoadAllFromFileAsync(file)).OfType<V1ClusterRole>().Last().Rules.SelectMany(PermissionsOf).ToHashSet();
        var needed = KubeCluster.Recorded(manifests)
            .Where(value => value["kind"]!.GetValue<string>() == "ClusterRole")
            .SelectMany(role => KubernetesJson.Deserialize<V1ClusterRole>(role.ToJsonString()).Rules)
            .SelectMany(PermissionsOf)
            .ToList();

        Assert.NotEmpty(needed);
        Assert.Empty(needed.Except(granted));
    }

    private static IEnumerable<string> PermissionsOf(V1PolicyRule rule) =>
        from apiGroup in rule.ApiGroups
        from resource in rule.Resources
        from verb in rule.Verbs
        from name in (rule.ResourceNames ?? []).DefaultIfEmpty("")
        select $"{verb} {apiGroup}/{resource} {name}";
}
