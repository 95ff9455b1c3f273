using PachUp.KubeApiServer.Resources;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.InCluster;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.Tests.InCluster;

/// <summary>The roles of a Job have no permission that is not asked for before it starts.</summary>
public sealed class RoleOfTheJobTests
{
    public static TheoryData<string, string> Permissions
    {
        get
        {
            var permissions = new TheoryData<string, string>();
            foreach (var rule in JobTemplates.Get("Role").Items("rules").Concat(JobTemplates.Get("ClusterRole").Items("rules")))
            {
                foreach (var resource in rule["resources"]!.AsArray())
                {
                    foreach (var verb in rule["verbs"]!.AsArray())
                    {
                        permissions.Add((string)verb!, (string)resource!);
                    }
                }
            }

            return permissions;
        }
    }

    [Theory]
    [MemberData(nameof(Permissions))]
    public async Task WithoutOneOfThem_TheMessageNamesIt_AndNothingIsCreated(string verb, string resource)
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, runsPods: false);
        kube.Server.Access.Deny(verb, resource);
        var before = kube.Store.Revision;

        var refused = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.StartAsync(RunIn(kube), default));

        Assert.Equal(FailureKind.Refused, refused.Kind);
        Assert.Contains($": {verb} {resource}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, kube.Store.Revision);
    }

    private static RemoteRun RunIn(KubeCluster kube) => new()
    {
        Clusters = [kube.Cluster().Settings],
        Arguments = ["apply", "/etc/pachup/plan.yaml"],
        PlanName = "plan",
        Plan = "name: plan",
        Image = "pachup:1",
        StorageSize = "10Gi",
    };
}
