using System.Text.Json.Nodes;
using PachUp.KubeApiServer;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests;

/// <summary>What carries Pachyderm's label, or stands beside it, and is not what the plan is about.</summary>
public sealed class OtherPeoplesObjectsTests
{
    private static readonly PlatformAction.Save Save = new();
    private static readonly PlatformAction.Undeploy Undeploy = new(keepVolumes: true, TimeSpan.FromMinutes(10));

    [Fact]
    public async Task ANamespaceWithoutPachyderm_IsRefused()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var execution = kube.Execution();

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.PreviewAsync(Save, execution.Source, execution, default));

        Assert.Equal("there is no pachd in namespace \"default\" (no workload labelled suite=pachyderm,app=pachd)", failure.Message);
        Assert.False(await kube.Platform.IsDeployedAsync(execution.Source, default));
    }

    [Fact]
    public async Task TwoPachyderms_AreRefused_AndNamed()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);
        var second = kube.Store.Find("deployments", "default", "pachd")!;
        second.Metadata()["name"] = "pachd-old";
        kube.Store.Put("deployments", second);
        var execution = kube.Execution();

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.IsDeployedAsync(execution.Source, default));

        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.Equal(
            "there are 2 Pachyderms in namespace \"default\": Deployment pachd and Deployment pachd-old are both labelled suite=pachyderm,app=pachd",
            failure.Message);
    }

    [Fact]
    public async Task ForeignObjectsUnderTheLabel_AreNamed_AndLeft()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        await Kubectl.CreateAsync(
            kube.Server,
            """
            { "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "dashboards", "labels": { "suite": "pachyderm" } } }
            { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "grafana", "labels": { "suite": "pachyderm", "app": "grafana" } },
              "spec": { "selector": { "matchLabels": { "app": "grafana" } },
                        "template": { "metadata": { "labels": { "app": "grafana", "suite": "pachyderm" } }, "spec": { "containers": [{ "name": "g", "image": "g" }] } } } }
            """);
        var execution = kube.Execution();

        var preview = await kube.Platform.PreviewAsync(Undeploy, execution.Source, execution, default);
        var undeployed = await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        Assert.Equal(["ConfigMap dashboards", "Deployment grafana"], preview.Effects.Where(effect => effect.Verb == "leave").Select(effect => effect.Thing));
        Assert.EndsWith("ConfigMap dashboards, Deployment grafana were not deleted", undeployed.Summary, StringComparison.Ordinal);
        Assert.Equal(["grafana"], kube.Store.List("deployments").Select(value => value.Name()));
        Assert.Equal(["dashboards"], kube.Store.List("configmaps").Select(value => value.Name()));
    }

    [Fact]
    public async Task WorkersAndTheirServices_AreTakenAway_SincePachdMakesThemAgain()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        await Kubectl.CreateAsync(
            kube.Server,
            """
            { "apiVersion": "v1", "kind": "Service", "metadata": { "name": "pipeline-edges-v1", "labels": { "suite": "pachyderm", "component": "worker", "app": "pipeline-edges-v1" } },
              "spec": { "ports": [{ "port": 80 }] } }
            """);
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);

        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        Assert.Empty(kube.Store.List("services"));
        Assert.DoesNotContain(Directory.EnumerateFiles(kube.RunDirectory, "*", SearchOption.AllDirectories), file => file.Contains("edges", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RolesOfAnotherNamespace_Stay()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        var target = kube.Cluster("target", ("namespace", "next"));
        var execution = kube.Execution(kube.Cluster(), target);
        var deploy = new PlatformAction.Deploy(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(1));
        await kube.Platform.ExecuteAsync(deploy, target, execution, default);
        Assert.Equal(["pachyderm", "pachyderm-next"], kube.Store.List("clusterroles").Select(value => value.Name()));

        await kube.Platform.RevertAsync(deploy, target, execution, default);

        Assert.Equal(["pachyderm"], kube.Store.List("clusterroles").Select(value => value.Name()));
        Assert.Equal(["pachyderm"], kube.Store.List("clusterrolebindings").Select(value => value.Name()));
        Assert.NotEmpty(kube.Store.List("deployments", "default"));
        Assert.Empty(kube.Store.List("deployments", "next"));
    }

    [Fact]
    public async Task AnObjectThatSomebodyMadeMeanwhile_IsNotTakenForOurs()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7");
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        kube.Server.Faults.Interfere("POST", "/services", () => kube.Store.Put("services", JsonNode.Parse(
            """{ "metadata": { "name": "dash", "namespace": "default", "labels": { "app": "other" } } }""")!.AsObject()));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(
            new PlatformAction.Deploy(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(1)), execution.Target, execution, default));

        Assert.Equal("another user created Service dash with other content while PachUp was about to create it", failure.Message);
    }
}
