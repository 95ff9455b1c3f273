using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests.Checks;

public sealed class PermissionsCheckTests
{
    [Fact]
    public async Task SomebodyWhoMayDoEverything_Passes()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);

        var result = await new PermissionsCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(CheckOutcome.Passed, result.Outcome);
    }

    [Fact]
    public async Task AMissingPermission_IsNamed_BeforeAnythingHappens()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Server.Access.Deny("delete", "deployments");
        kube.Server.Access.Deny("patch", "persistentvolumes");

        var result = await new PermissionsCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal(["delete deployments in namespace \"default\"", "patch persistentvolumes"], result.Items.AsEnumerable());
    }
}
