using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.Plugins.Kubernetes.Tests.Server;

/// <summary>What a real server refuses to change, beyond what was recorded.</summary>
public sealed class RefusalTests
{
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
    private const string Claim = """{ "metadata": { "name": "a" }, "spec": { "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "1Gi" } } } }""";
    private const string Volume = """{ "metadata": { "name": "a" }, "spec": { "capacity": { "storage": "1Gi" }, "hostPath": { "path": "/a" } } }""";
    private const string Binding = """{ "metadata": { "name": "a" }, "roleRef": { "kind": "ClusterRole", "name": "r" } }""";
    private const string StorageClass = """{ "metadata": { "name": "a" }, "provisioner": "p" }""";
    private const string Service = """{ "metadata": { "name": "a" }, "spec": { "ports": [{ "port": 80 }] } }""";
    private const string Deployment =
        """
        { "metadata": { "name": "a" }, "spec": { "selector": { "matchLabels": { "app": "a" } },
          "template": { "metadata": { "labels": { "app": "a" } }, "spec": { "containers": [{ "name": "a", "image": "a" }] } } } }
        """;

    [Theory]
    [InlineData("/api/v1/namespaces/default/persistentvolumeclaims", Claim, """{ "spec": { "accessModes": ["ReadOnlyMany"] } }""", "spec: Forbidden: is immutable after creation")]
    [InlineData("/api/v1/persistentvolumes", Volume, """{ "spec": { "hostPath": { "path": "/b" } } }""", "spec.persistentvolumesource: Forbidden: is immutable")]
    [InlineData(Rbac, Binding, """{ "roleRef": { "name": "other" } }""", "cannot change roleRef")]
    [InlineData("/apis/storage.k8s.io/v1/storageclasses", StorageClass, """{ "provisioner": "q" }""", "updates to provisioner are forbidden")]
    [InlineData("/api/v1/namespaces/default/services", Service, """{ "spec": { "ports": [{ "port": 80, "nodePort": 30080 }] } }""", "may not be used when `type` is 'ClusterIP'")]
    [InlineData("/api/v1/namespaces/default/services", Service, """{ "metadata": { "labels": { "a": "not a label" } } }""", "a valid label must be an empty string or")]
    [InlineData("/apis/apps/v1/namespaces/default/deployments", Deployment, """{ "spec": { "selector": { "matchLabels": { "app": "b" } } } }""", "field is immutable")]
    public async Task WhatCannotBeChanged_StaysAsItWasCreated(string path, string created, string patch, string refusal)
    {
        await using var server = await KubeApiServer.KubeApiServer.StartAsync(ApiProfile.V1_30);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var content = new StringContent(created, Encoding.UTF8, "application/json");
        using var creation = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        creation.EnsureSuccessStatusCode();

        using var change = new StringContent(patch, Encoding.UTF8, "application/merge-patch+json");
        using var answer = await client.PatchAsync(new Uri($"{path}/a", UriKind.Relative), change);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(refusal, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject().Text("message"), StringComparison.Ordinal);
    }
}
