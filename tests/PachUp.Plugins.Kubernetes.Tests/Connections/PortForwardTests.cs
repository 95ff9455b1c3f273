using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using PachUp.KubeApiServer;
using PachUp.Plugins.Kubernetes.Connections;

namespace PachUp.Plugins.Kubernetes.Tests.Connections;

public sealed class PortForwardTests
{
    [Fact]
    public async Task WhatGoesIn_ComesOutAtThePod_AndBack()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        using var pod = new TcpListener(IPAddress.Loopback, 0);
        pod.Start();
        kube.Server.Ports.Open("default", "pachd-0", 650, (IPEndPoint)pod.LocalEndpoint);
        var api = await KubeConnection.OpenAsync(kube.Cluster(), default);

        await using var forward = PortForward.Open(api, (_, _) => Task.FromResult(new PodPort("pachd-0", 650)));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, forward.LocalPort);
        await client.GetStream().WriteAsync("ping"u8.ToArray());
        using var inside = await pod.AcceptTcpClientAsync();
        var received = new byte[4];
        await inside.GetStream().ReadExactlyAsync(received);
        await inside.GetStream().WriteAsync("pong"u8.ToArray());
        var answer = new byte[4];
        await client.GetStream().ReadExactlyAsync(answer);

        Assert.Equal("ping", Encoding.UTF8.GetString(received));
        Assert.Equal("pong", Encoding.UTF8.GetString(answer));
    }

    [Fact]
    public async Task AClosedPort_IsReportedWithTheReasonOfTheNode()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Store.Put("pods", Pod());
        var api = await KubeConnection.OpenAsync(kube.Cluster(), default);

        await using var forward = PortForward.Open(api, (_, _) => Task.FromResult(new PodPort("pachd-0", 653)));
        await ReadToEndAsync(forward);

        Assert.Equal(
            "port 653 of pod pachd-0 in namespace \"default\" does not accept connections "
                + "(error forwarding port 653 to pod pachd-0, uid : failed to dial 653: connect: connection refused)",
            forward.LastTrouble?.Found);
    }

    [Fact]
    public async Task AConnectionThatIsForwarded_HasNoTrouble()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        using var pod = new TcpListener(IPAddress.Loopback, 0);
        pod.Start();
        kube.Store.Put("pods", Pod());
        var api = await KubeConnection.OpenAsync(kube.Cluster(), default);
        await using var forward = PortForward.Open(api, (_, _) => Task.FromResult(new PodPort("pachd-0", 650)));
        await ReadToEndAsync(forward);
        Assert.NotNull(forward.LastTrouble);

        kube.Server.Ports.Open("default", "pachd-0", 650, (IPEndPoint)pod.LocalEndpoint);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, forward.LocalPort);
        using var inside = await pod.AcceptTcpClientAsync();
        await inside.GetStream().WriteAsync("x"u8.ToArray());
        Assert.Equal(1, await client.GetStream().ReadAsync(new byte[1]));

        Assert.Null(forward.LastTrouble);
    }

    // A web socket starts with a GET, so the server asks for "get", as seen on 1.20.
    [Fact]
    public async Task WithoutThePermission_TheMessageIsThatOfTheServer_AndTheRemedyNamesBothVerbs()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Store.Put("pods", Pod());
        kube.Server.Access.Deny("get", "pods/portforward");
        var api = await KubeConnection.OpenAsync(kube.Cluster(), default);

        var failure = await Assert.ThrowsAsync<ForwardException>(() => PortForward.TryAsync(api, new PodPort("pachd-0", 650), default));

        Assert.Equal(
            "the user of the kubeconfig may not forward ports of pods in namespace \"default\" (pods \"pachd-0\" is forbidden: User \"tester\" cannot get "
                + "resource \"pods/portforward\" in API group \"\" in the namespace \"default\")",
            failure.Trouble.Found);
        Assert.StartsWith("Grant \"get\" and \"create\" for pods/portforward", failure.Trouble.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANodeThatDoesNotAnswer_IsNamedWithTheMessageOfTheServer()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);
        kube.Store.Put("pods", Pod());
        kube.Server.Faults.Inject(
            "GET", "/portforward", new ApiException(500, "InternalError", "error dialing backend: dial tcp 10.0.0.5:10250: connect: connection refused"), times: 2);
        var api = await KubeConnection.OpenAsync(kube.Cluster(), default);

        var failure = await Assert.ThrowsAsync<ForwardException>(() => PortForward.TryAsync(api, new PodPort("pachd-0", 650), default));

        Assert.Contains("(error dialing backend: dial tcp 10.0.0.5:10250: connect: connection refused)", failure.Trouble.Found, StringComparison.Ordinal);
    }

    private static JsonObject Pod() => new()
    {
        ["metadata"] = new JsonObject { ["name"] = "pachd-0", ["namespace"] = "default" },
        ["spec"] = new JsonObject(),
    };

    private static async Task ReadToEndAsync(PortForward forward)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, forward.LocalPort);
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]));
    }
}
