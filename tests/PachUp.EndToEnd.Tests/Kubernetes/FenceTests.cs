using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk.Testing;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>A client that writes through the service during a migration in place loses nothing: its file arrives, or it is refused.</summary>
public sealed class FenceTests
{
    private static readonly string[] InPlace = ["apply", Tool.Plan, "--in-place", "--platform", "kubernetes", "--namespace", "default", "--yes"];

    [Theory]
    [InlineData("PUT", "/services/pachd")]
    [InlineData("DELETE", "/default/")]
    public async Task WhatAClientIsToldIsWritten_IsInTheNewRelease(string method, string path)
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();
        var written = false;
        kubernetes.Server.Faults.Interfere(method, path, () => written = TryWrite(kubernetes));

        var applied = await tool.RunAsync(InPlace);

        applied.Expect(0).Answers("Arrived: repos");
        Assert.Equal(method == "PUT", written);
        Assert.Equal(written, await IsThereAsync(kubernetes.PachdOf("pachyderm/pachd:1.9.0")!.Address));
        Assert.NotNull(kubernetes.PachdBehindService());
    }

    [Fact]
    public async Task BetweenTheStepsFenceAndUnfence_TheServiceLeadsToNoPod()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();
        var isClosed = false;
        var reached = new List<string>();

        var applied = await tool.RunAsync(
            line =>
            {
                isClosed = (isClosed || line.Contains("] fence: done", StringComparison.Ordinal)) && !line.Contains("] unfence", StringComparison.Ordinal);
                if (isClosed && kubernetes.PachdBehindService() is not null)
                {
                    reached.Add(line);
                }
            },
            InPlace);

        applied.Expect(0).Says("] unfence: done");
        Assert.Empty(reached);
    }

    [Theory]
    [InlineData("extract")]
    [InlineData("undeploy")]
    [InlineData("deploy")]
    [InlineData("restore")]
    [InlineData("unfence")]
    public async Task WhereverARunIsKilled_ClientsAreLetInAgain_AfterResumeAndAfterRollback(string step)
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var tool = await kubernetes.ToolAsync();

        using (var running = RunningTool.Start(tool, InPlace))
        {
            await running.UntilAsync($"] {step}");
            running.Kill();
            await running.EndAsync();
        }

        (await tool.RunAsync("apply", "--resume", "--yes")).Expect(0).Answers("Arrived: repos");
        Assert.Equal("1.9.0", kubernetes.PachdBehindService()?.Release.ToString());

        (await tool.RunAsync("rollback", tool.LastRun, "--confirm", "default")).Expect(0);
        Assert.Equal("1.8.7", kubernetes.PachdBehindService()?.Release.ToString());
    }

    /// <returns>Whether the file was accepted.</returns>
    private static bool TryWrite(KubernetesWithPachd kubernetes)
    {
        if (kubernetes.PachdBehindService() is not { } pachd)
        {
            return false;
        }

        using var client = new ClusterBuilder(pachd.Address);
        client.CreateRepoAsync("late").GetAwaiter().GetResult();
        client.CommitFileAsync("late", "master", "/1.txt", "one").GetAwaiter().GetResult();
        return true;
    }

    private static async Task<bool> IsThereAsync(ClusterAddress address)
    {
        await using var client = PachdClient.Create(address);
        return (await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly)).FindRepo("late")?.FindBranch("master")?.Head is not null;
    }
}
