using k8s;
using k8s.Models;
using PachUp.KubeApiServer.Resources;
using PachUp.Plugins.Kubernetes.Checks;
using PachUp.TestKit;

namespace PachUp.Plugins.Kubernetes.Tests.Checks;

public sealed class RbacFileTests
{
    [Fact]
    public async Task TheRoleThatShips_AllowsWhatTheCheckAsksFor()
    {
        var file = Path.GetFullPath(Path.Combine(Recordings.Root, "..", "..", "plugins", "PachUp.Plugins.Kubernetes", "rbac.yaml"));
        var role = (V1ClusterRole)(await KubernetesYaml.LoadAllFromFileAsync(file))[0];

        foreach (var (kind, verbs) in Permissions.ByKind)
        {
            var type = ApiProfile.V1_30.Resources.First(type => type.Kind == kind);
            var rule = Assert.Single(role.Rules, rule => rule.Resources.Contains(type.Plural) && rule.ApiGroups.Contains(type.Group));
            Assert.Equal(verbs.Order(), rule.Verbs.Order());
        }
    }
}
