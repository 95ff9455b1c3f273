using PachUp.KubeApiServer.Resources;
using PachUp.Plugins.Kubernetes.InCluster;

namespace PachUp.Plugins.Kubernetes.Tests.InCluster;

public sealed class PodLogTests
{
    private static readonly DateTime Noon = new(2025, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task EveryLineComesOnce_WhereverTheConnectionBreaks(int cutOffAfter)
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, runsPods: false);
        var lines = new List<string>();
        var log = new PodLog(await JobPlace.OpenAsync(kube.Cluster().Settings, default), "pod", lines.Add);
        foreach (var (line, milliseconds) in new[] { ("one", 0), ("two", 1), ("two", 999), ("three", 1000), ("", 1000), ("five", 2500) })
        {
            kube.Server.Logs.Append("default", "pod", line, Noon.AddMilliseconds(milliseconds));
        }

        kube.Server.Logs.End("default", "pod");
        kube.Server.Logs.CutOffAfter = cutOffAfter;

        await Assert.ThrowsAnyAsync<Exception>(() => log.ReadAsync(follow: true, default));
        await log.ReadAsync(follow: true, default);
        await log.ReadAsync(follow: false, default);

        Assert.Equal(["one", "two", "two", "three", "", "five"], lines);
    }

    [Fact]
    public async Task AnErrorOfTheNode_IsShownAsItIs()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, runsPods: false);
        var lines = new List<string>();
        var log = new PodLog(await JobPlace.OpenAsync(kube.Cluster().Settings, default), "pod", lines.Add);
        kube.Server.Logs.Append("default", "pod", "one", Noon);
        kube.Server.Logs.AppendError("default", "pod", "unable to retrieve container logs for docker://0123");
        kube.Server.Logs.End("default", "pod");

        await log.ReadAsync(follow: true, default);

        Assert.Equal(["one", "unable to retrieve container logs for docker://0123"], lines);
    }
}
