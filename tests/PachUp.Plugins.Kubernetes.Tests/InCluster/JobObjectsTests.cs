using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.InCluster;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.Tests.InCluster;

public sealed class JobObjectsTests
{
    private static RemoteRun Run { get; } = new()
    {
        Clusters = [ImmutableSortedDictionary<string, string>.Empty],
        Arguments = ["apply", "/etc/pachup/plan.yaml", "--set", "x=$(HOME)"],
        PlanName = "plan",
        PlanHash = "0123456789ab",
        Plan = "name: plan",
        Image = "registry.example/pachup:1",
        StorageSize = "20Gi",
        StorageClass = "fast",
        PachConfig = """{"token":"hidden"}""",
        SecretVariables = ImmutableSortedDictionary<string, string>.Empty.Add("PASSWORD", "hidden"),
    };

    private static JobObjects Objects { get; } = new(Run, "pachup-3", "data", "server.example:6443", "production");

    [Fact]
    public void TheJobStartsAgainAfterAnEviction_AsNobody_OnFilesThatItCannotChange()
    {
        var job = Objects.Job(Objects.Secret(previous: null));

        Assert.Equal("data", job.Namespace());
        Assert.Equal(3, job.Spec().Number("backoffLimit"));
        Assert.Equal("data/pachup-3", Container(job).Items("env").Single(variable => variable.Text("name") == RemoteRun.JobVariable).Text("value"));
        Assert.Contains(Container(job).Items("env"), variable => variable.Text("name") == RemoteRun.JobIdVariable);
        Assert.Null(job.Spec()["ttlSecondsAfterFinished"]);
        Assert.Equal("Never", job.PodSpec().Text("restartPolicy"));
        Assert.True(job.PodSpec().Child("securityContext")["runAsNonRoot"]!.GetValue<bool>());
        Assert.True(Container(job).Child("securityContext")["readOnlyRootFilesystem"]!.GetValue<bool>());
        Assert.Equal("registry.example/pachup:1", Container(job).Text("image"));
        Assert.Equal(["pachup-state", "pachup-3", "pachup-3"], job.PodSpec().Items("volumes").Take(3).Select(NameOfVolume));
    }

    [Fact]
    public async Task WhatReadsTheRuns_MayNotWriteThem_AndIsNoPartOfARun()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        var working = new JsonObject { ["spec"] = new JsonObject { ["nodeName"] = "node-7" } };
        var reader = new RunsReader(await JobPlace.OpenAsync(kube.Cluster().Settings, default), new JobState(Objects.Job(Objects.Secret(previous: null)), working));

        var job = reader.JobOf(new RemoteReading { Settings = Run.Clusters[0], Arguments = ["runs", "list"] });

        Assert.StartsWith("pachup-read-", job.Name(), StringComparison.Ordinal);
        Assert.Equal(0, job.Spec().Number("backoffLimit"));
        Assert.Equal("node-7", job.PodSpec().Text("nodeName"));
        Assert.Equal("registry.example/pachup:1", Container(job).Text("image"));
        Assert.Equal("""["runs","list"]""", Container(job)["args"]!.ToJsonString());
        Assert.True(Container(job).Items("volumeMounts").Single(mount => mount.Text("mountPath") == "/state")["readOnly"]!.GetValue<bool>());
        Assert.DoesNotContain(Container(job).Items("env"), variable => variable.Text("name") is RemoteRun.JobVariable or RemoteRun.JobIdVariable);
    }

    [Fact]
    public void ArgumentsArriveAsTheyAre()
    {
        var job = Objects.Job(Objects.Secret(previous: null));

        Assert.Equal("x=$$(HOME)", Container(job)["args"]![3]!.GetValue<string>());
    }

    [Fact]
    public void WhatIsSecret_IsInTheSecretAlone()
    {
        var secret = Objects.Secret(previous: null);
        var others = new[] { Objects.Job(secret), Objects.Files(), Objects.Claim() };

        Assert.Equal(Base64("hidden"), secret.Child("data").Text("PASSWORD"));
        Assert.All(others, value => Assert.DoesNotContain("hidden", value.ToJsonString(), StringComparison.Ordinal));
        Assert.All(others, value => Assert.DoesNotContain(Base64("hidden"), value.ToJsonString(), StringComparison.Ordinal));
        var variables = Container(others[0]).Items("env").ToDictionary(variable => variable.Text("name"));
        Assert.Equal("/etc/pachup-secrets/config.json", variables["PACH_CONFIG"].Text("value"));
        Assert.Equal("pachup-3", variables["PASSWORD"].Child("valueFrom").Child("secretKeyRef").Text("name"));
    }

    [Fact]
    public void AJobThatGoesOn_KnowsTheSecretsOfTheOneBefore()
    {
        var before = Objects.Secret(previous: null);
        var run = new RemoteRun { Clusters = Run.Clusters, Arguments = Run.Arguments, PlanName = Run.PlanName, Image = Run.Image, StorageSize = Run.StorageSize };
        var goesOn = new JobObjects(run, "pachup-4", "data", "server", "production");

        var secret = goesOn.Secret(before);

        Assert.True(JsonNode.DeepEquals(before["data"], secret["data"]));
        Assert.Equal("pachup-4", secret.Name());
    }

    [Fact]
    public void TheClaimHasTheSizeAndTheClassThatWereGiven()
    {
        var claim = Objects.Claim();

        Assert.Equal("20Gi", claim.Spec().Child("resources").Child("requests").Text("storage"));
        Assert.Equal("fast", claim.Spec().Text("storageClassName"));
    }

    [Fact]
    public void NothingOfItHasALabelOfPachyderm_SoThatUndeployingLeavesItAlone()
    {
        var access = new JobAccess("data", new DeploymentManifests([])).AtHome();
        var secret = Objects.Secret(previous: null);

        Assert.All(
            [.. access.Objects, secret, Objects.Job(secret), Objects.Files(), Objects.Claim()],
            value =>
            {
                Assert.Equal("pachup", value.Label("app.kubernetes.io/name"));
                Assert.Equal("", value.Label("suite"));
            });
    }

    [Fact]
    public void TheAccountMayDoWhatTheRolesOfPachydermAllow_SinceOtherwiseItMayNotMakeThem()
    {
        var deployed = new DeploymentManifests(KubeCluster.Recorded("google-1.8.7"));

        var access = new JobAccess("data", deployed).AtHome();

        var role = access.Find("ClusterRole", "pachup-data")!;
        var rule = deployed.Find("ClusterRole", "pachyderm")!.Items("rules")[0];
        Assert.Contains(role.Items("rules"), given => JsonNode.DeepEquals(given, rule));
        Assert.Equal("data", access.Find("ClusterRoleBinding", "pachup-data")!.Items("subjects")[0].Text("namespace"));
    }

    private static JsonObject Container(JsonObject job) => job.PodSpec().Items("containers")[0];

    private static string NameOfVolume(JsonObject volume) =>
        volume.At("persistentVolumeClaim")?.Text("claimName") ?? volume.At("configMap")?.Text("name") ?? volume.Child("secret").Text("secretName");

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
