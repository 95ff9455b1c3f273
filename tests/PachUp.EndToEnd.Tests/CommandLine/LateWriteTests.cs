using System.Text.Json;
using PachUp.Sdk.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Late writes as a user sees them: of a run that ended, and of one that stopped for them.</summary>
public sealed class LateWriteTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_run_that_ended_well_is_verified_again_and_late_writes_are_named_everywhere()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await ApplyAsync(clusters)).Expect(0).Answers("Late writes: none when PachUp looked at the source");
        var run = new DirectoryInfo(Directory.EnumerateDirectories(Path.Combine(_tool.WorkingDirectory, ".pachup", "runs")).Single()).Name;

        var even = await _tool.RunAsync("verify", run);
        using var source = new ClusterBuilder(clusters.Source.Address);
        await source.CreateRepoAsync("late");
        var commit = await source.CommitFileAsync("late", "master", "/1.txt", "one");
        var late = await _tool.RunAsync("verify", run);
        var json = await _tool.RunAsync("verify", run, "--output", "json");

        even.Expect(0).Answers("Arrived: repos 33 of 33").Answers("Late writes: none");
        late.Expect(4).Answers("Arrived: repos 33 of 33").Answers($"- new commit late@{commit}");
        json.Expect(4);
        Assert.Equal(3, JsonDocument.Parse(json.Answer).RootElement.GetProperty("lateWrites").GetProperty("writes").GetArrayLength());
        (await _tool.RunAsync("status")).Answers($"Run {run} has late writes: the source was written to after the extract, and the target does not have it: 1 repo, 1 branch, 1 commit.");
        (await _tool.RunAsync("runs", "list")).Expect(0).Answers("late writes: 1 repo, 1 branch, 1 commit");
        (await _tool.RunAsync("runs", "show", run)).Expect(0).Answers($"- new commit late@{commit}");
        (await _tool.RunAsync("runs", "report", run)).Expect(0).Answers("## Late writes").Answers($"- new commit late@{commit}");
    }

    [Fact]
    public async Task A_run_is_compared_as_its_plan_says() =>
        (await _tool.RunAsync("verify", "20250301-101500-3f9a", "--sample", "3")).Expect(2).Says("--sample cannot be used with a run");

    private Task<Outcome> ApplyAsync(ClusterPair clusters) => _tool.RunAsync(["apply", Tool.Plan, .. clusters.Options, "--yes"]);
}
