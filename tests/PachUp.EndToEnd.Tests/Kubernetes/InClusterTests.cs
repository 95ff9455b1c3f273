using System.Text.Json.Nodes;
using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.KubeApiServer;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>The tool starts itself as a Job. A small kubelet runs the Job as another process of the tool.</summary>
public sealed class InClusterTests : IDisposable
{
    private const string Secret = "password-77ab31";

    private static readonly string[] Here = ["--platform", "kubernetes", "--namespace", "default"];
    private static readonly string[] InCluster = [.. Here, "--in-cluster"];
    private static readonly string[] KindsOfPachUp =
    [
        "jobs", "configmaps", "secrets", "serviceaccounts", "roles", "rolebindings", "clusterroles", "clusterrolebindings", "persistentvolumeclaims",
    ];

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task APlanIsCarriedOutInTheCluster_AndUndoneThere()
    {
        await using var kubernetes = await StartAsync(ApiProfile.V1_10);
        await using var kubelet = new JobKubelet(kubernetes.Server, _tool);
        var plan = await _tool.RunAsync(["plan", Tool.Plan, .. Here]);
        string[] command = ["apply", Tool.Plan, "--in-place", .. InCluster, "--yes", "--expect", HashIn(plan)];

        var applied = await _tool.RunAsync(command);

        plan.Answers("pachd 1.8.7 at namespace default of context test");
        applied.Expect(0).Answers("pachd 1.9.0 at namespace default of context test answers").Answers("Arrived: repos").Says("Job pachup-1 ended with exit code 0").Says("kubectl -n default cp pachup-files:/state .pachup");
        Assert.NotNull(kubernetes.PachdOf("pachyderm/pachd:1.9.0"));
        Assert.True(File.Exists(Path.Combine(Assert.Single(RunsIn(kubelet)), "journal.jsonl")));
        Assert.False(Directory.Exists(Path.Combine(_tool.WorkingDirectory, ".pachup")), "nothing of the run is here");
        Assert.All(OfPachUp(kubernetes), value => Assert.False(value.Metadata().Child("labels").ContainsKey("suite"), value.ToJsonString()));

        // An operator at a laptop sees the run. What reads it is deleted, and is no Job that another command would go on with.
        var run = Path.GetFileName(Assert.Single(RunsIn(kubelet)));
        (await _tool.RunAsync(["runs", "list", .. InCluster])).Expect(0).Answers($"{run} done: pachyderm-1.8.7-to-1.9.0, 1.8.7 at namespace default of context test");
        var listed = (await _tool.RunAsync(["runs", "list", .. InCluster, "--output", "json"])).Expect(0);
        Assert.Equal(run, JsonNode.Parse(listed.Answer)!["runs"]![0]!["id"]!.GetValue<string>());
        (await _tool.RunAsync(["status", .. InCluster])).Expect(0).Answers("namespace default of context test").Answers("pachd 1.9.0").Answers($"{run} done");
        Assert.Equal("pachup-1", Assert.Single(kubernetes.Server.Store.List("jobs")).Name());

        // A script that was interrupted and repeats its command gets the result of the run.
        (await _tool.RunAsync(command)).Expect(0).Says("No new Job is started").Answers("Arrived: repos");

        (await _tool.RunAsync(["rollback", Path.GetFileName(Assert.Single(RunsIn(kubelet))), .. InCluster, "--confirm", "default", "--yes"])).Expect(0).Says("Job pachup-2 ended with exit code 0");
        (await _tool.RunAsync(["status", .. Here])).Answers("pachd 1.8.7, from the tag of its image");
    }

    [Fact]
    public async Task ClientsAreLedBackByAJob()
    {
        string[] beside = ["--namespace", "default", "--target-namespace", "next"];
        await using var kubernetes = await StartAsync(ApiProfile.V1_10);
        await using var kubelet = new JobKubelet(kubernetes.Server, _tool);
        kubernetes.Server.Store.Put("namespaces", new JsonObject { ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = "next" } });
        var ports = kubernetes.NodePorts("pachd");
        (await _tool.RunAsync(["apply", "pachyderm-1.8.7-to-1.9.0-side-by-side", .. beside, "--in-cluster", "--yes"])).Expect(0);
        Assert.All(kubernetes.NodePorts("pachd"), port => Assert.Equal(0, port));

        var back = await _tool.RunAsync(["switch", Path.GetFileName(Assert.Single(RunsIn(kubelet))), "--back", .. beside, "--in-cluster", "--yes"]);

        back.Expect(0).Answers("leads to namespace \"default\" again").Says("Job pachup-2 ended with exit code 0");
        Assert.Equal(ports, kubernetes.NodePorts("pachd"));
    }

    [PrivilegedFact]
    public async Task AFailedJob_ReturnsItsExitCode_AndAnotherJobResumesItsRun_EvenIfTheWatchingProcessEnded()
    {
        await using var kubernetes = await StartAsync(ApiProfile.V1_30);
        await using var kubelet = new JobKubelet(kubernetes.Server, _tool);
        kubernetes.Server.Faults.Inject("DELETE", "/statefulsets/", ApiException.Forbidden("the statefulset is precious"));

        var failed = await _tool.RunAsync(["apply", Tool.Plan, "--in-place", .. InCluster, "--yes"]);

        (await _tool.RunAsync(["status", .. InCluster])).Answers("has not ended: step undeploy failed")
            .Answers($"pachup apply --resume {Path.GetFileName(Assert.Single(RunsIn(kubelet)))} --in-cluster");
        failed.Expect(1).Answers("the statefulset is precious").Says("Job pachup-1 ended with exit code 1").Says("pachup apply --in-cluster --resume");

        var watched = await _tool.InterruptAtAsync("Showing the log of Job pachup-2", ["apply", .. InCluster, "--resume", "--yes"]);
        watched.Expect(130).Says("the Job continues").Says("""kubectl -n default patch job pachup-2 -p '{"spec":{"parallelism":0}}'""");

        var followed = await _tool.RunAsync(["apply", .. InCluster, "--resume", "--yes"]);
        followed.Expect(0).Says("Job pachup-2 ended with exit code 0").Answers("Arrived: repos");
        Assert.Single(RunsIn(kubelet));
    }

    [Fact]
    public async Task AnEvictedJob_GoesOnByItself_WithItsOwnRun()
    {
        await using var kubernetes = await StartAsync(ApiProfile.V1_30);
        await using var kubelet = new JobKubelet(kubernetes.Server, _tool) { EvictsAt = "] undeploy:" };

        var applied = await _tool.RunAsync(["apply", Tool.Plan, "--in-place", .. InCluster, "--yes"]);

        applied.Expect(0)
            .Says("pod pachup-1-abcdf goes on with the run of pod pachup-1-abcde, which did not end by itself")
            .Says("Job pachup-1 ended with exit code 0")
            .Answers("Took over the lock of run").Answers("Arrived: repos");
        Assert.Single(RunsIn(kubelet));
        Assert.DoesNotContain("--break-lock", Assert.Single(kubernetes.Server.Store.List("jobs")).ToJsonString(), StringComparison.Ordinal);
        Assert.Null(kubernetes.Server.Store.Find("leases", "default", "pachup-lock"));
    }

    [PrivilegedFact]
    public async Task AJobThatEndedByItself_IsNotRepeated_AndAnotherPlanNeedsItsLockToBeBroken()
    {
        await using var kubernetes = await StartAsync(ApiProfile.V1_30);
        await using var kubelet = new JobKubelet(kubernetes.Server, _tool);
        kubernetes.Server.Faults.Inject("DELETE", "/statefulsets/", ApiException.Forbidden("the statefulset is precious"));
        string[] command = ["apply", Tool.Plan, "--in-place", .. InCluster, "--yes"];
        (await _tool.RunAsync(command)).Expect(1);
        await kubelet.UntilEndedAsync("pachup-1");
        var run = Path.GetFileName(Assert.Single(RunsIn(kubelet)));

        var refused = await _tool.RunAsync(command);

        refused.Expect(3)
            .Says($"run {run}, process").Says("did not end")
            .Says($"pachup apply --resume {run} --in-cluster --namespace default").Says($"pachup rollback {run} --in-cluster --namespace default").Says("--break-lock");
        Assert.Equal(3, kubelet.Lines.Count(line => line.Contains("An earlier process of this job has ended by itself, with exit code 1.", StringComparison.Ordinal)));
        Assert.Single(kubernetes.Server.Store.List("jobs"));
        Assert.Single(RunsIn(kubelet));
    }

    [Fact]
    public async Task TheLockOfAKilledRunElsewhere_IsBrokenByAJob_OnlyIfTheOperatorSaysSo()
    {
        await using var kubernetes = await StartAsync(ApiProfile.V1_30);
        await using var kubelet = new JobKubelet(kubernetes.Server, _tool);
        kubernetes.Server.Faults.Inject("PUT", "/services/", ApiException.Forbidden("the service is precious"));
        (await _tool.RunAsync(["apply", Tool.Plan, "--in-place", .. Here, "--yes"])).Expect(1);
        string[] command = ["apply", Tool.Plan, "--in-place", .. InCluster, "--yes"];

        (await _tool.RunAsync(command)).Expect(3).Says("did not end").Says($"pachup apply --resume {_tool.LastRun} --state-dir");
        Assert.Empty(kubernetes.Server.Store.List("jobs"));

        (await _tool.RunAsync([.. command, "--break-lock"])).Expect(0).Answers($"Broke the lock of run {_tool.LastRun}");
        Assert.Contains("--break-lock", Assert.Single(kubernetes.Server.Store.List("jobs")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecretValues_AreOnlyInTheSecret()
    {
        await using var kubernetes = await StartAsync(ApiProfile.V1_30);
        await using var kubelet = new JobKubelet(kubernetes.Server, _tool);
        var shipped = await File.ReadAllTextAsync(Path.Combine(Recordings.Root, "..", "..", "migration-plans", "1.8.7-to-1.9.0.yaml"));
        await File.WriteAllTextAsync(
            Path.Combine(_tool.WorkingDirectory, "plan.yaml"),
            shipped.Replace("parameters:\n", "parameters:\n  password: { default: \"${env.SPOKEN}\" }\n", StringComparison.Ordinal));

        var applied = await _tool.RunInShellAsync($"export SPOKEN={Secret}", ["apply", "plan.yaml", "--in-place", .. InCluster, "--yes"]);

        applied.Expect(0);
        Assert.DoesNotContain(Secret, applied.Answer + applied.Talk, StringComparison.Ordinal);
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Secret));
        var secret = kubernetes.Server.Store.Find("secrets", "default", "pachup-1")!;
        Assert.Equal(encoded, secret.Child("data").Text("SPOKEN"));
        Assert.Equal("pachup-1", Assert.Single(secret.Metadata().Items("ownerReferences")).Text("name"));
        Assert.All(OfPachUp(kubernetes).Where(value => !JsonNode.DeepEquals(value, secret)), value =>
        {
            Assert.DoesNotContain(Secret, value.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(encoded, value.ToJsonString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task AMissingImage_IsNamedImmediately()
    {
        await using var kubernetes = await StartAsync(ApiProfile.V1_10);
        await using var kubelet = new JobKubelet(kubernetes.Server, _tool) { TroubleOf = image => image == "nowhere/pachup" ? "ErrImagePull" : null };

        var applied = await _tool.RunAsync(["apply", Tool.Plan, "--in-place", .. InCluster, "--image", "nowhere/pachup", "--start-timeout", "2s", "--yes"]);

        applied.Expect(1)
            .Says("Note: waiting: pod pachup-1-abcde, container pachup: ErrImagePull (the image \"nowhere/pachup\" is nowhere)")
            .Says("job \"pachup-1\" did not start in time")
            .Says("job,configmap,secret,rolebinding,role,serviceaccount");
        Assert.Null(kubernetes.PachdOf("pachyderm/pachd:1.9.0"));
    }

    [Fact]
    public async Task AClusterThatRunsNoJobs_IsReported()
    {
        await using var kubernetes = await StartAsync(ApiProfile.V1_10);

        var applied = await _tool.RunAsync(["apply", Tool.Plan, "--in-place", .. InCluster, "--start-timeout", "1s", "--yes"]);

        applied.Expect(1).Says("Kubernetes has not created a pod for job \"pachup-1\" yet").Says("does the controller manager of this cluster run?");
    }

    [Fact]
    public async Task RunsOfANamespaceWithoutJobs_CannotBeRead()
    {
        await using var kubernetes = await StartAsync(ApiProfile.V1_10);

        (await _tool.RunAsync(["runs", "list", .. InCluster])).Expect(3).Says("namespace \"default\" has no Job of PachUp").Says("copy the runs from the claim \"pachup-state\"");
        Assert.Empty(OfPachUp(kubernetes));
    }

    [Fact]
    public async Task AMissingPermission_IsRefused_AndNothingIsMade()
    {
        await using var kubernetes = await StartAsync(ApiProfile.V1_10);
        kubernetes.Server.Access.Deny("create", "jobs");
        kubernetes.Server.Access.Deny("create", "pods/portforward");

        var applied = await _tool.RunAsync(["apply", Tool.Plan, "--in-place", .. InCluster, "--yes"]);

        applied.Expect(3).Says("create jobs in namespace \"default\"").Says("create pods/portforward in namespace \"default\"");
        Assert.Empty(OfPachUp(kubernetes));
    }

    [Fact]
    public async Task ADryRun_ShowsTheObjects_AndCreatesNothing()
    {
        await using var kubernetes = await StartAsync(ApiProfile.V1_30);

        var shown = await _tool.RunAsync(["apply", Tool.Plan, "--in-place", .. InCluster, "--claim-size", "42Gi", "--dry-run"]);

        shown.Expect(0).Answers("create PersistentVolumeClaim pachup-state").Answers("create Job pachup-1").Answers("\"storage\": \"42Gi\"");
        Assert.Empty(OfPachUp(kubernetes));
    }

    [Theory]
    [InlineData(2, "--state-dir cannot be used with --in-cluster", "apply", Tool.Plan, "--in-cluster", "--state-dir", "here", "--yes")]
    [InlineData(2, "needs --in-cluster", "apply", Tool.Plan, "--image", "pachup", "--yes")]
    [InlineData(2, "--state-dir cannot be used with --in-cluster", "runs", "list", "--in-cluster", "--state-dir", "here")]
    [InlineData(2, "--source cannot be used with --in-cluster", "status", "--in-cluster", "--source", "old:30650")]
    [InlineData(2, "--namespace needs --in-cluster", "runs", "list", "--namespace", "default")]
    [InlineData(3, "the platform \"external\" cannot run PachUp in its cluster", "apply", Tool.Plan, "--in-cluster", "--yes")]
    public async Task InvalidOptions_AreRefused(int exitCode, string message, params string[] command) =>
        (await _tool.RunAsync(command)).Expect(exitCode).Says(message);

    private async Task<KubernetesWithPachd> StartAsync(ApiProfile profile)
    {
        var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"), profile);
        await kubernetes.ConfigureAsync(_tool.WorkingDirectory);
        return kubernetes;
    }

    private static IEnumerable<JsonObject> OfPachUp(KubernetesWithPachd kubernetes) => KindsOfPachUp
        .SelectMany(kind => kubernetes.Server.Store.List(kind))
        .Where(value => value.Metadata().Child("labels").Text("app.kubernetes.io/name") == "pachup");

    private static string[] RunsIn(JobKubelet kubelet) => Directory.GetDirectories(Path.Combine(kubelet.FolderOf("pachup-state"), "runs"));

    private static string HashIn(Outcome plan) => plan.Answer.Split("Plan hash: ")[1][..12];
}
