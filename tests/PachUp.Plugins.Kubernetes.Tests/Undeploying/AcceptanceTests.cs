using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests.Undeploying;

/// <summary>What the API server would refuse later is found while the old deployment still runs.</summary>
public sealed class AcceptanceTests
{
    private static readonly PlatformAction.Save Save = new();
    private static readonly PlatformAction.Undeploy Undeploy = new(keepVolumes: true, TimeSpan.FromMinutes(10));

    [Fact]
    public async Task WhatTheServerAccepts_Passes_AndNothingIsChanged()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, "google-1.8.7");
        await kube.SettleAsync();
        var revision = kube.Store.Revision;

        var result = await new AcceptanceCheck().AskAsync(kube.Execution(), default);

        Assert.Equal((CheckOutcome.Passed, "The API server accepts a dry run of every object"), (result.Outcome, result.Found));
        Assert.Equal(revision, kube.Store.Revision);
    }

    [Theory]
    [InlineData(":1.9.0", "the new deployment: Deployment pachd: admission webhook \"images.example.com\" denied the request: pachyderm/pachd:1.9.0 is not from our mirror")]
    [InlineData(":1.8.7", "the present deployment: Deployment pachd: admission webhook \"images.example.com\" denied the request: pachyderm/pachd:1.8.7 is not from our mirror")]
    public async Task AWebhookThatRefusesAnImage_RefusesThePlan_AndNothingIsUndeployed(string tag, string refusal)
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, "google-1.8.7");
        RefuseImages(kube, tag);
        var before = kube.Snapshot();
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);

        var result = await new AcceptanceCheck().AskAsync(execution, default);
        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default));

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal([refusal], result.Items.AsEnumerable());
        Assert.Equal($"the API server refuses what has to be deployed next, so nothing was deleted: {refusal}", failure.Message);
        Assert.Equal(before, kube.Snapshot());
    }

    [Fact]
    public async Task AnUndeployingThatHasBegun_IsFinished_WhateverTheServerWouldRefuse()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, "google-1.8.7");
        var execution = kube.Execution();
        kube.Server.Faults.Inject("DELETE", "/deployments/pachd", error: null);
        await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default));
        RefuseImages(kube, ":1.9.0");

        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        Assert.Empty(kube.Store.List("deployments"));
    }

    // Kubernetes 1.10 ignores the parameter of a dry run, and would create everything.
    [Fact]
    public async Task AServerWithoutDryRun_IsAskedWithCopies_ThatAreDeletedAtOnce()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_10, "google-1.8.7");
        var before = kube.Snapshot();
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        var check = await new AcceptanceCheck().AskAsync(execution, default);
        Assert.Equal(before, kube.Snapshot());

        RefuseImages(kube, ":1.9.0");
        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default));

        Assert.Equal(CheckOutcome.Passed, check.Outcome);
        Assert.Equal(
            "the API server refuses what has to be deployed next, so nothing was deleted: Deployment pachd: admission webhook \"images.example.com\" denied the "
                + "request: pachyderm/pachd:1.9.0 is not from our mirror",
            failure.Message);
        Assert.Equal(before, kube.Snapshot());
    }

    [Fact]
    public async Task ACopyThatAKilledRunLeft_IsDeleted()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_10, "google-1.8.7");
        var execution = kube.Execution();
        kube.Server.Faults.Inject("DELETE", "/pachup-probe-pachd", error: null);
        await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default));
        Assert.NotNull(kube.Store.Find("deployments", "default", "pachup-probe-pachd"));

        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        Assert.Empty(kube.Store.List("deployments"));
    }

    private static void RefuseImages(KubeCluster kube, string tag) => kube.Server.Webhook.Refuses = (_, value) =>
        value.Spec().Child("template").Spec().Items("containers").Select(container => container.Text("image"))
            .Where(image => image.StartsWith("pachyderm/pachd", StringComparison.Ordinal) && image.EndsWith(tag, StringComparison.Ordinal))
            .Select(image => $"{image} is not from our mirror")
            .FirstOrDefault();
}
