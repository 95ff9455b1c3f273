using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>What a plugin can do with only the contract.</summary>
public sealed class PluginContractTests : IDisposable
{
    private const string Secret = "correct-horse-battery";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_step_can_confirm_log_call_both_clusters_and_return_outputs_without_storing_secrets()
    {
        var plugin = TestPlugin.Install("GoodPlugin", _tool.WorkingDirectory);
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync("plugin", "trust", "add", plugin)).Expect(0);
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "plan.yaml"), """
            apiVersion: pachup/v1
            kind: MigrationPlan
            name: contract
            from: { line: "1.8", atLeast: 1.8.7 }
            to: { release: 1.9.0 }
            clusters: { source: {}, target: {} }
            steps:
              - { id: report, uses: sample/report, with: { token: "${env.TOKEN}" } }
              - { id: say, uses: sample/say, with: { text: "${steps.report.target}" } }
            """);

        var applied = await _tool.RunInShellAsync(
            $"export TOKEN={Secret}", ["apply", "plan.yaml", .. clusters.Options, "--plugin-dir", plugin, "--yes"]);

        applied.Expect(0).Answers("Asks first: Has everybody been told?").Says("Saw 1.8.7 and 1.9.0").Says("Said 1.9.0 1 times");
        var run = Assert.Single(Directory.GetDirectories(Path.Combine(_tool.WorkingDirectory, ".pachup", "runs")));
        Assert.EndsWith("Information report: Saw 1.8.7 and 1.9.0 with ${env.TOKEN}\n", await File.ReadAllTextAsync(Path.Combine(run, "steps.log")), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(run), file => File.ReadAllText(file).Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, applied.Answer + applied.Talk, StringComparison.Ordinal);
    }
}
