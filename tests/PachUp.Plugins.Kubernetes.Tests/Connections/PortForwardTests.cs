using System.Net;
using System.Net.Sockets;
using System.Text;
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

        await using var forward = PortForward.Open(api, _ => Task.FromResult<PodPort?>(new PodPort("pachd-0", 650)));
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
}
