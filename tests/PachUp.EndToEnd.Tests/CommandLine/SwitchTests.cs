using System.Text.Json;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Clients of a finished run that go back to the source.</summary>
public sealed class SwitchTests : IDisposable
{
    private const string Plan = "pachyderm-1.8.7-to-1.9.0-side-by-side";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Clients_go_back_and_what_they_wrote_to_the_target_is_named_and_they_return_to_the_target()
    {
        await using var clusters = await StartAsync();
        var run = await ApplyAsync(clusters);
        (await _tool.RunAsync("switch", run, "--back", "--dry-run")).Expect(0).Answers("Written to the target: nothing that the source does not have");
        var late = await WriteAsync(clusters.Target.Cluster, "/new.png");

        var looked = await _tool.RunAsync("switch", run, "--back", "--dry-run", "--output", "json");
        var back = await _tool.RunAsync("switch", run, "--back", "--yes");

        looked.Expect(0);
        var answer = JsonDocument.Parse(looked.Answer).RootElement;
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("run").ValueKind);
        Assert.Contains(answer.GetProperty("writtenToTarget").GetProperty("writes").EnumerateArray(), write => write.GetProperty("item").GetProperty("name").GetString() == $"images@{late}");
        back.Expect(0).Answers($"- new commit images@{late}").Answers($"Point your clients at {clusters.Source.Address} again now").Answers($"pachup apply --resume {run}");
        (await _tool.RunAsync("status")).Answers($"The clients of run {run} were switched back to the source.");
        (await _tool.RunAsync("runs", "list")).Answers("clients switched back");
        (await _tool.RunAsync("switch", run, "--back", "--yes")).Expect(3).Says("they are switched back already");
        (await _tool.RunAsync("apply", "--resume", run, "--yes")).Expect(0).Says($"Point your clients at {clusters.Target.Address} now");
        (await _tool.RunAsync("switch", run, "--back", "--dry-run")).Expect(0);
    }

    // The target does not have what is written to the source from now on, so clients may not be led there before it is carried.
    [Fact]
    public async Task Clients_return_to_the_target_only_with_what_they_wrote_to_the_source()
    {
        await using var clusters = await StartAsync();
        var run = await ApplyAsync(clusters);
        (await _tool.RunAsync("switch", run, "--back", "--yes")).Expect(0);
        var written = await WriteAsync(clusters.Source.Cluster, "/3.png");

        var resumed = await _tool.RunAsync("apply", "--resume", run, "--yes");
        var carried = await _tool.RunAsync("apply", "--catch-up", run, "--yes");

        resumed.Expect(4).Answers($"- new commit images@{written}").Says($"pachup apply --catch-up {run}");
        carried.Expect(0).Says($"Point your clients at {clusters.Target.Address} now");
        (await _tool.RunAsync("runs", "list")).Answers("done");
    }

    [Fact]
    public async Task A_run_whose_clients_went_back_is_rolled_back()
    {
        await using var clusters = await StartAsync();
        var run = await ApplyAsync(clusters);
        (await _tool.RunAsync("switch", run, "--back", "--yes")).Expect(0);

        (await _tool.RunAsync(["apply", Plan, .. OptionsOf(clusters), "--yes"])).Expect(3).Says(run);
        (await _tool.RunAsync("rollback", run, "--yes")).Expect(0).Answers("Rolled back.");
    }

    [Fact]
    public async Task A_target_that_does_not_answer_does_not_keep_clients_there()
    {
        await using var clusters = await StartAsync();
        var run = await ApplyAsync(clusters);
        await clusters.Target.Cluster.DisposeAsync();

        (await _tool.RunAsync("switch", run, "--back", "--yes", "--retry-for", "0s")).Expect(0).Answers("what was written after the target was verified is not known");
    }

    [Fact]
    public async Task What_cannot_be_switched_back_is_refused_with_what_to_do()
    {
        await using var clusters = await StartAsync();
        (await _tool.RunAsync(["apply", Tool.Plan, .. OptionsOf(clusters), "--set", "archive=missing/a.pachx", "--yes"])).Expect(1);
        var stopped = _tool.LastRun;

        (await _tool.RunAsync("switch", stopped, "--back", "--yes")).Expect(3).Says("its plan has not switched any");
        (await _tool.RunAsync("switch", stopped)).Expect(2).Says($"pachup switch {stopped} --back");
        (await _tool.RunAsync("switch", "--back")).Expect(2).Says("no run is named");
        (await _tool.RunAsync("switch", "20250301-101500-3f9a", "--back", "--yes")).Expect(2).Says("there is no run");
        (await _tool.RunAsync("switch", stopped, "--back")).Expect(2).Says("--dry-run");
    }

    private static async Task<SandboxPair> StartAsync()
    {
        var options = new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7) };
        var clusters = await SandboxPair.StartAsync(options, options with { Release = new Release(1, 9, 0) }, sharesBucket: true);
        using var source = new ClusterBuilder(clusters.Source.Address);
        await source.CreateRepoAsync("images");
        await source.CommitFileAsync("images", "master", "/1.png", "one");
        await source.CreatePipelineAsync("edges", "images");
        return clusters;
    }

    private static string[] OptionsOf(SandboxPair clusters) => ["--source", clusters.Source.Address.ToString(), "--target", clusters.Target.Address.ToString()];

    private static async Task<string> WriteAsync(SandboxCluster cluster, string path)
    {
        using var builder = new ClusterBuilder(cluster.Address);
        return await builder.CommitFileAsync("images", "master", path, "late");
    }

    private async Task<string> ApplyAsync(SandboxPair clusters)
    {
        (await _tool.RunAsync(["apply", Plan, .. OptionsOf(clusters), "--yes"])).Expect(0);
        return _tool.LastRun;
    }
}
