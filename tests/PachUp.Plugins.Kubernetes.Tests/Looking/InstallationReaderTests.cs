using System.Text.Json;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Looking;
using Snapshooter.Xunit;

namespace PachUp.Plugins.Kubernetes.Tests.Looking;

public sealed class InstallationReaderTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [InlineData("local-1.7.14")]
    [InlineData("google-1.8.7")]
    [InlineData("custom-1.8.7")]
    [InlineData("amazon-1.9.12")]
    public async Task WhatIsDeployed_IsToldFromTheObjectsAlone(string manifests)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: manifests, runsPods: false);
        var api = await KubeConnection.OpenAsync(kube.Cluster(), default);

        var installation = await InstallationReader.ReadAsync(api, default);

        var text = JsonSerializer.Serialize(installation with { Release = null }, Indented);
        Snapshot.Match($"release {installation.Release}\n{text}", $"Installation {manifests}");
    }
}
