using System.Text.RegularExpressions;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Sdk;
using Snapshooter.Xunit;

namespace PachUp.Plugins.Kubernetes.Tests;

public sealed partial class KubernetesPlatformTests
{
    private static readonly PlatformAction.Save Save = new();
    private static readonly PlatformAction.Fence Fence = new();
    private static readonly PlatformAction.Unfence Unfence = new();
    private static readonly PlatformAction.Undeploy Undeploy = new(keepVolumes: true, TimeSpan.FromMinutes(10));
    private static readonly PlatformAction.Deploy Deploy = new(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(10));

    public static TheoryData<string, int> Deployments => new()
    {
        { "local-1.8.7", 10 },
        { "google-1.8.7", 10 },
        { "amazon-1.8.7", 10 },
        { "microsoft-1.8.7", 10 },
        { "local-1.8.7", 30 },
        { "google-1.8.7", 30 },
    };

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task ADeployment_ComesBackExactly_AfterItWasReplacedByTheNextRelease(string manifests, int minor)
    {
        await using var kube = await StartAsync(manifests, minor);
        var before = kube.Snapshot();
        var execution = kube.Execution();

        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Fence, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);
        Assert.Equal("pachyderm/pachd:1.9.0", ImageOf(kube, "pachd"));

        await kube.Platform.RevertAsync(Deploy, execution.Target, execution, default);
        await kube.Platform.RevertAsync(Undeploy, execution.Source, execution, default);
        await kube.Platform.RevertAsync(Fence, execution.Source, execution, default);
        Assert.Equal(before, kube.Snapshot());
    }

    [Fact]
    public async Task PeopleSeeTheNamespaceAndTheContext_AndTheApiServerSaysWhichClusterItIs()
    {
        await using var kube = await KubeCluster.StartAsync();
        var server = kube.Server.Address.Authority;

        var address = await kube.Platform.ReachAsync(kube.Cluster().Settings, default);

        Assert.Equal("namespace default of context test", $"{address}");
        Assert.Equal($"namespace default of {server}", address.Identity);
        Assert.Equal("default", address.Name);
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task DeployingTwice_ChangesNothing(string manifests, int minor)
    {
        await using var kube = await StartAsync(manifests, minor);
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);
        var once = kube.Snapshot();

        var again = await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);

        Assert.Equal("1.9.0 is deployed in namespace \"default\": 0 objects created or changed", again.Summary);
        Assert.Equal(once, kube.Snapshot());
    }

    [Fact]
    public async Task Previews_NameEveryObject_AndWriteNothing()
    {
        await using var kube = await StartAsync("google-1.8.7", 10);
        await kube.SettleAsync();
        var execution = kube.Execution();
        var revision = kube.Store.Revision;

        var previews = new List<StepPreview>();
        foreach (var action in new PlatformAction[] { Save, Fence, Undeploy, Deploy, Unfence })
        {
            previews.Add(await kube.Platform.PreviewAsync(action, execution.Source, execution, default));
        }

        Assert.Equal(revision, kube.Store.Revision);
        Snapshot.Match(VolumeName().Replace(Text(previews), "pvc-UID"));
    }

    [Fact]
    public async Task FreshMetadata_LeavesTheOldClaimAlone()
    {
        await using var kube = await StartAsync("google-1.8.7", 10);
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default);

        var claims = kube.Store.List("persistentvolumeclaims").Select(claim => claim.Name());
        Assert.Equal(["etcd-storage-1-9-0-20260101-000000-0000-etcd-0", "etcd-storage-etcd-0"], claims);
        Assert.All(
            kube.Store.List("persistentvolumes").Where(volume => volume.Spec().Child("claimRef").Text("name") == "etcd-storage-etcd-0"),
            volume => Assert.Equal("Retain", volume.Spec().Text("persistentVolumeReclaimPolicy")));
    }

    [Fact]
    public async Task SideBySide_ThePreviewNamesWhatIsMade_AndNoSecret()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7", runsPods: false);
        var target = kube.Cluster("target", ("namespace", "next"), ("bucket", "clone"));
        var execution = kube.Execution(kube.Cluster(), target);

        var previews = new List<StepPreview>();
        foreach (var action in new PlatformAction[] { Deploy, new PlatformAction.Switch() })
        {
            previews.Add(await kube.Platform.PreviewAsync(action, target, execution, default));
        }

        var text = Text(previews);
        Assert.All(
            kube.Store.Find("secrets", "default", "pachyderm-storage-secret")!.Child("data").Select(value => value.Value!.ToString()).Where(value => value.Length > 0),
            secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Snapshot.Match(text);
    }

    [Fact]
    public async Task SideBySide_TheSecondInstallation_CollidesWithNothing()
    {
        await using var kube = await StartAsync("google-1.8.7", 10);
        var target = kube.Cluster("target", ("namespace", "next"), ("bucket", "clone"));
        var execution = kube.Execution(kube.Cluster(), target);
        var before = kube.Snapshot();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);

        await kube.Platform.ExecuteAsync(Deploy, target, execution, default);

        Assert.Equal("pachyderm/pachd:1.8.7", ImageOf(kube, "pachd"));
        Assert.Equal("pachyderm/pachd:1.9.0", ImageOf(kube, "pachd", "next"));
        Assert.Equal("clone", Secret(kube, "next", "google-bucket"));
        Assert.All(before.Split('\n'), line => Assert.Contains(line, kube.Snapshot()));
    }

    [Fact]
    public async Task AnImageThatCannotBePulled_IsNamedAtOnce_AndWhenTimeIsUp()
    {
        await using var kube = await StartAsync("google-1.8.7", 10);
        kube.Controller!.TroubleOf = image => image.EndsWith(":1.9.0", StringComparison.Ordinal) ? "ImagePullBackOff" : null;
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Deploy, execution.Target, execution, default));

        Assert.Contains(execution.Reports, report => report.Contains("ImagePullBackOff", StringComparison.Ordinal));
        Assert.Contains("pod pachd-0, container pachd: ImagePullBackOff", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnApiServerThatGoesAway_IsSaid_AndTheStepCanBeDoneAgain()
    {
        await using var kube = await StartAsync("local-1.8.7", 10);
        var execution = kube.Execution();
        await kube.Platform.ExecuteAsync(Save, execution.Source, execution, default);
        kube.Server.Faults.Inject("DELETE", "/deployments/pachd", error: null);

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default));
        Assert.Contains("cannot be reached", failure.Message, StringComparison.Ordinal);

        await kube.Platform.ExecuteAsync(Undeploy, execution.Source, execution, default);
        Assert.Empty(kube.Store.List("deployments"));
    }

    [Theory]
    [InlineData("fence", "high", "the cluster \"source\" has \"fence: high\"")]
    [InlineData("contxt", "x", "the cluster \"source\" has a setting \"contxt\" that the platform kubernetes does not know")]
    [InlineData("context", "nosuch", "has no context \"nosuch\"")]
    public async Task ASettingThatCannotBe_IsRefused(string name, string value, string message)
    {
        await using var kube = await KubeCluster.StartAsync();
        var source = kube.Cluster("source", (name, value));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.PreviewAsync(Save, source, kube.Execution(source), default));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private static Task<KubeCluster> StartAsync(string manifests, int minor) =>
        KubeCluster.StartAsync(minor == 10 ? ApiProfile.V1_10 : ApiProfile.V1_30, manifests);

    private static string ImageOf(KubeCluster kube, string deployment, string ns = "default") =>
        kube.Store.Find("deployments", ns, deployment)!.Spec().Child("template").Spec().Items("containers").First().Text("image");

    private static string Secret(KubeCluster kube, string ns, string key) => System.Text.Encoding.UTF8.GetString(
        Convert.FromBase64String(kube.Store.Find("secrets", ns, "pachyderm-storage-secret")!.Child("data").Text(key)));

    private static string Text(IEnumerable<StepPreview> previews) => string.Join("\n", previews.SelectMany(preview => new[] { preview.Summary }
        .Concat(preview.Effects.Select(effect => $"  {effect.Verb} {effect.Thing}{(effect.Detail.Length > 0 ? $": {effect.Detail}" : "")}"))
        .Concat(preview.Notes.Select(note => $"  ({note})"))));

    [GeneratedRegex("pvc-[0-9a-f-]{36}")]
    private static partial Regex VolumeName();
}
