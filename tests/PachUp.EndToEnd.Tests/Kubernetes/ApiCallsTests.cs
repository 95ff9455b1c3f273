using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>An API server serves others, too. PachUp asks it once for what it knows already, and watches in place of asking again.</summary>
public sealed class ApiCallsTests
{
    private const int Most = 150;

    [Fact]
    public async Task AMigrationInPlace_MakesFewCalls()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();
        kubernetes.Server.Calls.Clear();

        (await tool.RunAsync("apply", Tool.Plan, "--in-place", "--platform", "kubernetes", "--namespace", "default", "--yes")).Expect(0);

        Assert.True(kubernetes.Server.Calls.Total <= Most, $"{kubernetes.Server.Calls.Total} calls, at most {Most} are allowed:\n{kubernetes.Server.Calls}");
    }
}
