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
        var outside = Assert.Single(objects.OfType<V1ClusterRole>()).Rules;

        foreach (var (kind, verbs) in Permissions.ByKind)
        {
            var type = ApiProfile.V1_30.Resources.First(type => type.Kind == kind);
            var rules = type.Namespaced ? inNamespace : outside;
            var rule = Assert.Single(rules, rule => rule.Resources.Contains(type.Plural) && rule.ApiGroups.Contains(type.Group));
            Assert.Equal(verbs.Order(), rule.Verbs.Order());
        }
    }
}
