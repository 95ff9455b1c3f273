using PachUp.TestKit;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class RehearsalTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_plan_is_rehearsed_with_a_live_cluster_and_nothing_stays()
    {
        await using var clusters = await ClusterPair.StartAsync();

        var outcome = await _tool.RunAsync("rehearse", Tool.Plan, "--source", clusters.Source.Address.ToString());

        outcome.Expect(0).Answers("The plan went through in the rehearsal. Arrived: repos 33 of 33").Says("[9/9] resume: done");
        Assert.Equal(0, clusters.Source.WriteCalls);
        Assert.Empty(_tool.TemporaryFiles);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_tool.WorkingDirectory));
    }

    [Fact]
    public async Task A_rehearsal_that_is_interrupted_says_so_and_leaves_nothing()
    {
        var outcome = await _tool.InterruptAtAsync(
            "[2/9] save-deployment:", "rehearse", Tool.Plan, "--archive", Recordings.Archive("1.8.7-world-full"));

        outcome.Expect(130).Answers("Interrupted.");
        Assert.Empty(_tool.TemporaryFiles);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_tool.WorkingDirectory));
    }
}
