using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Plugins.Kubernetes.Tests.Deploying;

/// <summary>Deploying what a pachctl prints: a script stands in for it, and prints what the real one printed.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PachctlManifestsTests : IDisposable
{
    private static readonly PlatformAction.Deploy Deploy = new(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(1));

    private readonly string _folder = Directory.CreateTempSubdirectory("pachctl").FullName;

    [Fact]
    public async Task WhatItPrints_IsDeployed_OnFreshMetadata_AndTwiceChangesNothing()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        var cluster = kube.Cluster("source", ("pachctl", "google bucket 10 --dynamic-etcd-nodes 1"), ("pachctlPath", Script($"cat '{Recorded("google-1.9.0")}'")));
        var execution = kube.Execution(cluster);
        await kube.Platform.ExecuteAsync(new PlatformAction.Save(), cluster, execution, default);
        await kube.Platform.ExecuteAsync(new PlatformAction.Undeploy(keepVolumes: true, TimeSpan.FromMinutes(1)), cluster, execution, default);

        await kube.Platform.ExecuteAsync(Deploy, cluster, execution, default);
        var again = await kube.Platform.ExecuteAsync(Deploy, cluster, execution, default);

        Assert.Equal("1.9.0 is deployed in namespace \"default\": 0 objects created or changed", again.Summary);
        Assert.Equal("deploy google bucket 10 --dynamic-etcd-nodes 1 --dry-run", File.ReadAllText(Path.Combine(_folder, "asked")).Trim());
        Assert.Equal(
            ["etcd-storage-1-9-0-20260101-000000-0000-etcd-0", "etcd-storage-etcd-0"],
            kube.Store.List("persistentvolumeclaims").Select(claim => claim.Name()));
    }

    [Theory]
    [InlineData("1.8.7", "true", "is the pachctl of 1.8.7, but the plan deploys 1.9.0")]
    [InlineData("1.9.0", "echo 'unknown flag: --frob' >&2; exit 3", "deploy local --dry-run\" failed with exit code 3: unknown flag: --frob")]
    [InlineData("1.9.0", "echo 'Deploying to minikube...'", "deploy local --dry-run\" is not a manifest: 'D' is an invalid start of a value")]
    [InlineData("1.9.0", "true", "deploy local --dry-run\" prints no deployment of Pachyderm")]
    [InlineData("1.9.0", "echo '{ \"kind\": \"ServiceAccount\", \"metadata\": { \"name\": \"pachyderm\", \"namespace\": \"lab\" } }'", "prints objects for namespace \"lab\", but the plan deploys to namespace \"default\"")]
    public async Task APachctlThatIsOfNoUse_IsSaidSo_WithTheCommand(string version, string prints, string message)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);
        var cluster = kube.Cluster("source", ("pachctl", "local"), ("pachctlPath", Script(prints, version)));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.PreviewAsync(Deploy, cluster, kube.Execution(cluster), default));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingPachctl_IsSaidSo()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);
        var cluster = kube.Cluster("source", ("pachctl", "local"), ("pachctlPath", Path.Combine(_folder, "nowhere")));

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.PreviewAsync(Deploy, cluster, kube.Execution(cluster), default));

        Assert.Contains("nowhere\" cannot be started", failure.Message, StringComparison.Ordinal);
        Assert.Contains("pachctlPath", failure.Remedy, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Recorded(string manifests) => Path.Combine(Recordings.Root, "manifests", manifests + ".json");

    private string Script(string prints, string version = "1.9.0")
    {
        var path = Path.Combine(_folder, "pachctl");
        File.WriteAllText(
            path,
            $"""
            #!/bin/sh
            if [ "$1" = version ]; then echo {version}; exit 0; fi
            echo "$@" > '{Path.Combine(_folder, "asked")}'
            {prints}
            """);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
