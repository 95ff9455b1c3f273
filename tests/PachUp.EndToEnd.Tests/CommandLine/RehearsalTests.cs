using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class RehearsalTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_rehearsal_with_a_running_cluster_leaves_only_what_it_measured()
    {
        await using var clusters = await ClusterPair.StartAsync();

        var outcome = await _tool.RunAsync("rehearse", Tool.Plan, "--source", clusters.Source.Address.ToString());

        outcome.Expect(0).Answers("The rehearsal succeeded. Arrived: repos 33 of 33").Says("[11/11] unfence: done");
        Assert.Equal(0, clusters.Source.WriteCalls);
        Assert.Empty(_tool.TemporaryFiles);
        var forecast = Assert.Single(Directory.EnumerateFiles(_tool.WorkingDirectory, "*", SearchOption.AllDirectories));
        Assert.Equal(Path.Combine(_tool.WorkingDirectory, ".pachup", "forecasts"), Path.GetDirectoryName(forecast));
        (await _tool.RunAsync(["plan", Tool.Plan, "--source", clusters.Source.Address.ToString()])).Expect(0).Answers("and the time to deploy (rehearsed on ");
    }

    [Fact]
    public async Task A_step_of_a_plugin_that_does_not_declare_itself_safe_is_previewed_and_named()
    {
        var plugin = TestPlugin.Install("Acme.Freeze", _tool.WorkingDirectory);
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync("plugin", "trust", "add", plugin)).Expect(0);
        var marker = Path.Combine(_tool.WorkingDirectory, "frozen");
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "plan.yaml"), $$"""
            apiVersion: pachup/v1
            kind: MigrationPlan
            name: freeze-first
            from: { line: "1.8", atLeast: 1.8.7 }
            to: { release: 1.9.0 }
            clusters: { source: {}, target: {} }
            steps:
              - { id: freeze, uses: acme-freeze/freeze, with: { marker: "{{marker}}" } }
              - { id: check, uses: pachyderm/check }
            """);

        var rehearsed = await _tool.RunAsync("rehearse", "plan.yaml", "--source", clusters.Source.Address.ToString(), "--plugin-dir", plugin);

        rehearsed.Expect(0)
            .Answers("Step freeze (acme-freeze/freeze of ")
            .Answers("it was previewed but not executed, because it does not declare that it is safe in a rehearsal.")
            .Answers("Nothing was changed on the real cluster.");
        Assert.False(File.Exists(marker));
    }

    [Fact]
    public async Task An_interrupted_rehearsal_is_reported_and_leaves_no_files()
    {
        var outcome = await _tool.InterruptAtAsync(
            "[2/11] save-deployment:", "rehearse", Tool.Plan, "--archive", Recordings.Archive("1.8.7-world-full"));

        outcome.Expect(130).Answers("Interrupted.");
        Assert.Empty(_tool.TemporaryFiles);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_tool.WorkingDirectory));
    }
}
