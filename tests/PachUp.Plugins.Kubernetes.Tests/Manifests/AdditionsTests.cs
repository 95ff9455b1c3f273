using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Plugins.Kubernetes.Tests.Manifests;

/// <summary>What people and tools added to the objects of Pachyderm survives a migration, and is in the plan.</summary>
public sealed class AdditionsTests
{
    private static readonly PlatformAction.Save Save = new();
    private static readonly PlatformAction.Undeploy Undeploy = new(keepVolumes: true, TimeSpan.FromMinutes(10));
    private static readonly PlatformAction.Deploy Deploy = new(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(10));

    private static readonly string[] OfPachd =
    [
        "label team=data", "annotation kubectl.kubernetes.io/last-applied-configuration", "pod label cost=42", "pod annotation sidecar.istio.io/inject",
        "node selector disk=ssd", """toleration {"key":"dedicated","operator":"Exists"}""", "image pull secret registry", "affinity of pods",
        "init container wait", "volume certificates", "environment variable HTTPS_PROXY of container pachd",
        """resources of container pachd: {"requests":{"cpu":"4","memory":"16G"}}""", "container proxy",
    ];

    public static TheoryData<string> Installations =>
        [.. Directory.EnumerateFiles(Path.Combine(Recordings.Root, "manifests"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Installations))]
    public void WhatPachctlPrints_HasNoAdditions(string manifests) =>
        Assert.Empty(KubeCluster.Recorded(manifests).SelectMany(Additions.Of));

    [Fact]
    public async Task EachAddition_IsInThePlan_AndSurvivesTheMigrationAndTheRollback()
    {
        await using var kube = await StartAsync();
        var before = kube.Snapshot();
        var execution = kube.Execution();

        var preview = await kube.Platform.PreviewAsync(Deploy, execution.Target, execution, default);
        Assert.Equal($"added by others: {string.Join(", ", OfPachd)}", preview.Effects.Single(effect => effect is { Verb: "keep", Thing: "Deployment pachd" }).Detail);
        Assert.DoesNotContain(preview.Effects, effect => effect.Verb == "lose");

        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);
        Assert.Equal(OfPachd, Additions.Of(PachdOf(kube)));

        await kube.Platform.RevertAsync(Deploy, execution.Target, execution, default);
        await kube.Platform.RevertAsync(Undeploy, execution.Source, execution, default);
        Assert.Equal(before, kube.Snapshot());
    }

    [Fact]
    public async Task WhatPachctlPrintsForTheNewRelease_GetsTheAdditionsOfThePresentDeployment()
    {
        await using var kube = await StartAsync();
        var present = new DeploymentManifests([PachdOf(kube)]).Cleaned();
        var printed = new DeploymentManifests(KubeCluster.Recorded("google-1.9.0"));

        var carried = CarriedAdditions.In(printed, present).Find("Deployment", "pachd")!;

        Assert.Equal(OfPachd.Order(), Additions.Of(carried).Order());
        var mounts = carried.Spec().Child("template").Spec().Items("containers").First().Items("volumeMounts");
        Assert.Equal("/certificates", mounts.Single(mount => mount.Text("name") == "certificates").Text("mountPath"));
        Assert.Equal(Printed(printed, "args"), Printed(CarriedAdditions.In(printed, present), "args"));
    }

    [Fact]
    public async Task ManifestsWithoutAnAddition_LoseIt_AndThePlanSaysSo()
    {
        await using var kube = await StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(kube.RunDirectory, "own")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "own.json"), KubeCluster.TextOf("google-1.8.7"));
        var target = kube.Cluster("source", ("manifests", folder));

        var preview = await kube.Platform.PreviewAsync(Deploy, target, kube.Execution(kube.Cluster(), target), default);

        Assert.Equal(
            $"added by others, and not in the manifests of the plan: {string.Join(", ", OfPachd)}",
            preview.Effects.Single(effect => effect is { Verb: "lose", Thing: "Deployment pachd" }).Detail);
    }

    [Fact]
    public async Task ADeploymentOfPachctlAlone_HasNoManagers()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7", runsPods: false);

        var result = await new ManagersCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(CheckOutcome.Passed, result.Outcome);
    }

    [Fact]
    public async Task ToolsThatManageTheDeployment_AreNamed()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7", runsPods: false);
        Change(kube, "deployments", "pachd", value => value.Metadata()["annotations"] = new JsonObject { ["argocd.argoproj.io/tracking-id"] = "pach:apps/Deployment:default/pachd" });
        Change(kube, "deployments", "dash", value => value.Metadata()["annotations"] = new JsonObject { ["meta.helm.sh/release-name"] = "pachyderm" });
        Change(kube, "services", "dash", value => value.Metadata().Child("labels")["app.kubernetes.io/managed-by"] = "acme");
        Change(kube, "services", "pachd", value => value.Metadata()["ownerReferences"] = new JsonArray(new JsonObject { ["kind"] = "Pachyderm", ["name"] = "prod" }));

        var result = await new ManagersCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal(
            ["Argo CD application pach: Deployment pachd", "Helm release pachyderm: Deployment dash", "Pachyderm prod: Service pachd", "acme: Service dash"],
            result.Items.Order(StringComparer.Ordinal));
    }

    private static JsonObject PachdOf(KubeCluster kube)
    {
        var pachd = kube.Store.Find("deployments", "default", "pachd")!;
        pachd["kind"] = "Deployment";
        return pachd;
    }

    private static string Printed(DeploymentManifests manifests, string field) =>
        manifests.Find("Deployment", "pachd")!.Spec().Child("template").Spec().Items("containers").First()[field]?.ToJsonString() ?? "";

    private static async Task<KubeCluster> StartAsync()
    {
        var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        Change(kube, "deployments", "pachd", AddTo);
        Change(kube, "serviceaccounts", "pachyderm", account =>
        {
            account["imagePullSecrets"] = new JsonArray(new JsonObject { ["name"] = "registry" });
            account.Metadata()["annotations"] = new JsonObject { ["eks.amazonaws.com/role-arn"] = "arn:aws:iam::1:role/pach" };
        });
        return kube;
    }

    private static void AddTo(JsonObject pachd)
    {
        pachd.Metadata()["generation"] = 2;
        pachd.Metadata().Child("labels")["team"] = "data";
        pachd.Metadata()["annotations"] = new JsonObject { ["kubectl.kubernetes.io/last-applied-configuration"] = "{}" };
        var template = pachd.Spec().Child("template");
        template.Metadata().Child("labels")["cost"] = "42";
        template.Metadata().Child("annotations")["sidecar.istio.io/inject"] = "false";
        var pods = template.Spec();
        pods["nodeSelector"] = new JsonObject { ["disk"] = "ssd" };
        pods["tolerations"] = JsonNode.Parse("""[{ "key": "dedicated", "operator": "Exists" }]""");
        pods["imagePullSecrets"] = JsonNode.Parse("""[{ "name": "registry" }]""");
        pods["affinity"] = JsonNode.Parse("""{ "nodeAffinity": { "preferredDuringSchedulingIgnoredDuringExecution": [] } }""");
        pods["initContainers"] = JsonNode.Parse("""[{ "name": "wait", "image": "busybox" }]""");
        pods["volumes"]!.AsArray().Add(JsonNode.Parse("""{ "name": "certificates", "configMap": { "name": "certificates" } }"""));
        var container = pods.Items("containers").First();
        container["env"]!.AsArray().Add(JsonNode.Parse("""{ "name": "HTTPS_PROXY", "value": "http://proxy:3128" }"""));
        container["volumeMounts"]!.AsArray().Add(JsonNode.Parse("""{ "name": "certificates", "mountPath": "/certificates" }"""));
        container["resources"] = JsonNode.Parse("""{ "requests": { "cpu": "4", "memory": "16G" } }""");
        pods["containers"]!.AsArray().Add(JsonNode.Parse("""{ "name": "proxy", "image": "envoy" }"""));
    }

    private static void Change(KubeCluster kube, string kind, string name, Action<JsonObject> change)
    {
        var value = kube.Store.Find(kind, "default", name)!;
        change(value);
        kube.Store.Put(kind, value);
    }
}
