using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Plugins.Kubernetes.Tests;

/// <summary>
/// Every recorded installation on an API server behind which nothing runs, as on one without controllers and nodes: nothing becomes ready by itself,
/// claims stay unbound, and nobody cleans up.
/// </summary>
public sealed class EveryInstallationTests
{
    private static readonly PlatformAction.Save Save = new();
    private static readonly PlatformAction.Undeploy Undeploy = new(keepVolumes: true, TimeSpan.FromMinutes(1));

    public static TheoryData<string> Installations =>
        [.. Directory.EnumerateFiles(Path.Combine(Recordings.Root, "manifests"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Installations))]
    public async Task ItIsReplaced_WaitedForInVain_GoneOnWith_AndPutBackExactly(string manifests)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: manifests, runsPods: false);
        var before = kube.Snapshot();
        var deploy = NextOf(Release.Parse(manifests[(manifests.IndexOf('-', StringComparison.Ordinal) + 1)..]));
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(deploy, execution.Target, execution, default));
        Assert.Contains("Deployment pachd: no controller of Kubernetes has looked at it yet", failure.Message, StringComparison.Ordinal);

        MakeReady(kube.Store);
        var deployed = kube.Snapshot();
        var goneOn = await kube.Platform.ExecuteAsync(deploy, execution.Target, execution, default);
        Assert.EndsWith(": 0 objects created or changed", goneOn.Summary, StringComparison.Ordinal);
        Assert.Equal(deployed, kube.Snapshot());

        await kube.Platform.RevertAsync(deploy, execution.Target, execution, default);
        await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.RevertAsync(Undeploy, execution.Source, execution, default));
        MakeReady(kube.Store);
        await kube.Platform.RevertAsync(Undeploy, execution.Source, execution, default);
        Assert.Equal(before, kube.Snapshot());
    }

    private static PlatformAction.Deploy NextOf(Release release) => release.Line.ToString() switch
    {
        "1.7" => new(new Release(1, 8, 8), freshMetadata: true, TimeSpan.FromMinutes(1)),
        "1.8" => new(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(1)),
        _ => new(new Release(1, 9, 12), freshMetadata: false, TimeSpan.FromMinutes(1)),
    };

    private static void MakeReady(ObjectStore store)
    {
        foreach (var kind in new[] { "deployments", "statefulsets" })
        {
            foreach (var workload in store.List(kind))
            {
                workload["status"] = new JsonObject
                {
                    ["observedGeneration"] = workload.Metadata()["generation"]!.DeepClone(),
                    ["updatedReplicas"] = 1,
                    ["readyReplicas"] = 1,
                };
                store.Put(kind, workload);
            }
        }
    }
}
