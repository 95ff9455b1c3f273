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

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    public async Task TheLockShowsTheStepThatBegan_InOneRequestEach(int minor)
    {
        await using var kube = await KubeCluster.StartAsync(minor == 10 ? ApiProfile.V1_10 : ApiProfile.V1_30, runsPods: false);
        var (cluster, holder) = (kube.Cluster(), HolderOf("first"));
        await kube.Platform.TryLockAsync(cluster, holder, default);
        var before = kube.Server.Calls.Total;

        Assert.Null(await kube.Platform.UpdateLockAsync(cluster, At(holder, "extract", 5), default));
        Assert.Null(await kube.Platform.UpdateLockAsync(cluster, At(holder, "undeploy", 6), default));

        Assert.Equal(before + 2, kube.Server.Calls.Total);
        Assert.Equal("undeploy (since 00:06:00 UTC)", (await kube.Platform.FindLockAsync(cluster, default))!.InStep);
        await kube.Platform.UnlockAsync(cluster, holder, default);
        Assert.Null(await kube.Platform.FindLockAsync(cluster, default));
    }

    [Fact]
    public async Task ALockThatAnotherRunHas_IsNotOverwritten()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, runsPods: false);
        var (cluster, holder, other) = (kube.Cluster(), HolderOf("first"), HolderOf("other"));
        await kube.Platform.TryLockAsync(cluster, holder, default);
        var elsewhere = new KubernetesPlatform();
        await elsewhere.UnlockAsync(cluster, holder, default);
        await elsewhere.TryLockAsync(cluster, other, default);

        Assert.Equal(other, await kube.Platform.UpdateLockAsync(cluster, At(holder, "deploy", 7), default));
        Assert.Equal(other, await kube.Platform.FindLockAsync(cluster, default));
    }

    [Fact]
    public async Task ALockThatSomebodyChangedOrDeleted_IsWrittenAgain()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, runsPods: false);
        var (cluster, holder) = (kube.Cluster(), HolderOf("first"));
        await kube.Platform.TryLockAsync(cluster, holder, default);
        var labelled = kube.Store.Find("leases", "default", "pachup-lock")!;
        labelled.Metadata()["labels"] = new System.Text.Json.Nodes.JsonObject { ["team"] = "data" };
        kube.Store.Put("leases", labelled);

        Assert.Null(await kube.Platform.UpdateLockAsync(cluster, At(holder, "extract", 5), default));
        Assert.Equal("data", kube.Store.Find("leases", "default", "pachup-lock")!.Metadata().Child("labels").Text("team"));

        kube.Store.Delete("leases", "default", "pachup-lock");
        Assert.Null(await kube.Platform.UpdateLockAsync(cluster, At(holder, "deploy", 7), default));
        Assert.Equal("deploy", (await kube.Platform.FindLockAsync(cluster, default))!.Step);
    }

    [Fact]
    public async Task AServerThatDoesNotAnswer_IsAskedOnce()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, runsPods: false);
        var (cluster, holder) = (kube.Cluster(), HolderOf("first"));
        await kube.Platform.TryLockAsync(cluster, holder, default);
        kube.Server.Faults.Inject("PATCH", "/leases/", error: null);

        await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.UpdateLockAsync(cluster, At(holder, "extract", 5), default));
        Assert.Null(await kube.Platform.UpdateLockAsync(cluster, At(holder, "deploy", 7), default));
    }

    [Fact]
    public async Task ALockThatSaysNothing_IsNotTakenForFree()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Store.Put("configmaps", System.Text.Json.Nodes.JsonNode.Parse("""{ "metadata": { "name": "pachup-lock", "namespace": "default" } }""")!.AsObject());

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.TryLockAsync(kube.Cluster(), HolderOf("first"), default));

        Assert.Equal("ConfigMap pachup-lock in namespace \"default\" does not name its holder", failure.Message);
    }

    private static LockHolder At(LockHolder holder, string step, int minute) =>
        holder with { Step = step, StepSince = new DateTimeOffset(2026, 1, 1, 0, minute, 0, TimeSpan.Zero) };

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
