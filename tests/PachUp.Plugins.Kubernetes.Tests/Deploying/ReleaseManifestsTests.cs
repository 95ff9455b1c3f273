using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;
using Snapshooter.Xunit;

namespace PachUp.Plugins.Kubernetes.Tests.Deploying;

public sealed class ReleaseManifestsTests
{
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "local", "1.7.14", "1.8.7" },
        { "google", "1.7.14", "1.8.7" },
        { "amazon", "1.7.14", "1.8.7" },
        { "microsoft", "1.7.14", "1.8.7" },
        { "custom", "1.7.14", "1.8.7" },
        { "local", "1.8.7", "1.9.0" },
        { "google", "1.8.7", "1.9.0" },
        { "amazon", "1.8.7", "1.9.0" },
        { "microsoft", "1.8.7", "1.9.0" },
        { "custom", "1.8.7", "1.9.0" },
        { "local", "1.9.0", "1.9.12" },
        { "google", "1.9.0", "1.9.12" },
        { "amazon", "1.9.0", "1.9.12" },
        { "google", "1.10.5", "1.11.9" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void WhatPachctlOfTheNextReleaseDeploys_ComesOut_ButForWhatIsListed(string installation, string from, string to)
    {
        var saved = new DeploymentManifests(KubeCluster.Recorded($"{installation}-{from}"));
        var recorded = KubeCluster.Recorded($"{installation}-{to}");

        var made = new ReleaseManifests(Release.Parse(to)).From(saved);

        var differences = recorded
            .Select(wanted => ObjectChange.Between(wanted, made.Find(wanted.Kind(), wanted.Name())))
            .SelectMany(change => change.IsNew
                ? [$"{change.Wanted.Title()} is missing"]
                : change.Fields.Select(field => $"{change.Wanted.Title()} {field}"));
        var text = string.Join("\n", differences.Order(StringComparer.Ordinal));
        Snapshot.Match(text.Length > 0 ? text : "nothing", $"ReleaseManifests {installation} {from} to {to}");
    }

    [Fact]
    public void AReleaseThatNeedsAnAccountForWorkers_IsRefused_ForADeploymentWithoutOne()
    {
        var saved = new DeploymentManifests(KubeCluster.Recorded("google-1.9.12"));

        var refusal = Assert.Throws<StepFailedException>(() => new ReleaseManifests(new Release(1, 10, 5)).From(saved));

        Assert.Contains("service account \"pachyderm-worker\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("pachctl: ARGS", refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.12.5")]
    [InlineData("1.13.4")]
    public void ALineWhoseManifestsAreNotKnown_IsRefused(string release)
    {
        var saved = new DeploymentManifests(KubeCluster.Recorded("google-1.11.9"));

        var refusal = Assert.Throws<StepFailedException>(() => new ReleaseManifests(Release.Parse(release)).From(saved));

        Assert.Contains($"{release} differs from 1.11 and earlier in ways that PachUp does not know", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APointReleaseOfALineWhoseManifestsAreNotKnown_KeepsThem()
    {
        var saved = new DeploymentManifests(KubeCluster.Recorded("google-1.12.5"));

        Assert.Contains("1.12.4", new ReleaseManifests(new Release(1, 12, 4)).From(saved).Find("Deployment", "pachd")!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void APointReleaseOf1_10_ChangesItsImagesOnly()
    {
        var saved = new DeploymentManifests(KubeCluster.Recorded("google-1.10.5"));

        var made = new ReleaseManifests(new Release(1, 10, 4)).From(saved);

        var changes = saved.Objects.SelectMany(before => ObjectChange.Between(made.Find(before.Kind(), before.Name())!, before).Fields).ToList();
        Assert.NotEmpty(changes);
        Assert.All(changes, change => Assert.Contains("1.10.4", change.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void ARegistryOfOnesOwn_Stays()
    {
        var saved = KubeCluster.Recorded("local-1.8.7");
        foreach (var container in saved.Where(value => value.Kind() == "Deployment").SelectMany(value => value.PodSpec().Items("containers")))
        {
            container["image"] = "registry:5000/mirror/" + container.Text("image");
        }

        var made = new ReleaseManifests(new Release(1, 9, 12)).From(new DeploymentManifests(saved));

        var images = made.Workload("pachd")!.PodSpec().Items("containers").Select(container => container.Text("image"));
        Assert.Equal(["registry:5000/mirror/pachyderm/pachd:1.9.12"], images);
    }
}
