using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.Tests.Locking;

public sealed class NamespaceLockTests
{
    [Theory]
    [InlineData(10, "configmaps")]
    [InlineData(30, "leases")]
    public async Task TwoRuns_ExcludeEachOther(int minor, string kept)
    {
        await using var kube = await KubeCluster.StartAsync(minor == 10 ? ApiProfile.V1_10 : ApiProfile.V1_30, runsPods: false);
        var cluster = kube.Cluster();
        var (first, second) = (HolderOf("first"), HolderOf("second"));

        Assert.Null(await kube.Platform.TryLockAsync(cluster, first, default));
        Assert.Equal(first, await kube.Platform.TryLockAsync(cluster, second, default));
        Assert.Equal(["pachup-lock"], kube.Store.List(kept).Select(value => value.Name()));

        await kube.Platform.UnlockAsync(cluster, second, default);
        Assert.Equal(first, await kube.Platform.TryLockAsync(cluster, second, default));

        await kube.Platform.UnlockAsync(cluster, first, default);
        Assert.Null(await kube.Platform.TryLockAsync(cluster, second, default));
    }

    [Fact]
    public async Task ALockThatSaysNothing_IsNotTakenForFree()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Store.Put("configmaps", System.Text.Json.Nodes.JsonNode.Parse("""{ "metadata": { "name": "pachup-lock", "namespace": "default" } }""")!.AsObject());

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.TryLockAsync(kube.Cluster(), HolderOf("first"), default));

        Assert.Equal("ConfigMap pachup-lock in namespace \"default\" does not name its holder", failure.Message);
    }

    private static LockHolder HolderOf(string run) => new()
    {
        Run = run,
        RunDirectory = $"/runs/{run}",
        User = "ops",
        Host = "laptop",
        ProcessId = 7,
        ProcessStarted = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Since = new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero),
    };
}
