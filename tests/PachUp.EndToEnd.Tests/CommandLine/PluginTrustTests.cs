using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

public sealed class PluginTrustTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly string _plugin;

    public PluginTrustTests() => _plugin = TestPlugin.Install("MisbehavingPlugin", _tool.WorkingDirectory);

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_plugin_is_reported_trusted_used_and_no_longer_trusted()
    {
        var unknown = await _tool.RunAsync("plugin", "list", "--plugin-dir", _plugin);
        var added = await _tool.RunAsync("plugin", "trust", "add", _plugin);
        var known = await _tool.RunAsync("plugin", "list", "--plugin-dir", _plugin);
        var listed = await _tool.RunAsync("plugin", "trust", "list");
        var removed = await _tool.RunAsync("plugin", "trust", "remove", "MisbehavingPlugin");
        var again = await _tool.RunAsync("plugin", "trust", "remove", "MisbehavingPlugin");

        unknown.Expect(0).Says("is not used.").Says($"pachup plugin trust add");
        added.Expect(0).Answers("Trusted MisbehavingPlugin");
        known.Expect(0).Answers("bad/throw, bad/exit, ");
        Assert.Empty(known.Talk);
        listed.Expect(0).Answers("MisbehavingPlugin SHA-256");
        removed.Expect(0).Answers("No longer trusted: MisbehavingPlugin");
        again.Expect(2).Says("no trusted plugin is called \"MisbehavingPlugin\"");
    }

    [Theory]
    [InlineData("throw", "Internal error in the plugin \"MisbehavingPlugin\", in MisbehavingPlugin.ThrowStep.Misbehave: InvalidOperationException: the moon is full")]
    [InlineData("cancel", "Internal error in the plugin \"MisbehavingPlugin\", in MisbehavingPlugin.CancelStep.Misbehave: OperationCanceledException: not today")]
    [InlineData("thread", "Internal error in the plugin \"MisbehavingPlugin\", in MisbehavingPlugin.ThreadStep")]
    [InlineData("nothing", "the step \"bad/nothing\" returned no result")]
    [InlineData("exit", "a plugin ended the process of PachUp, during the step \"bad/exit\" of")]
    public async Task A_step_that_misbehaves_is_named_and_leaves_a_run_that_can_be_resumed(string step, string message)
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync("plugin", "trust", "add", _plugin)).Expect(0);
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "plan.yaml"), PlanWith(step));

        var bad = await _tool.RunAsync(["apply", "plan.yaml", .. clusters.Options, "--plugin-dir", _plugin, "--yes"]);
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "all-is-well"), "");
        var resumed = await _tool.RunAsync("apply", "--resume", "--plugin-dir", _plugin, "--yes");

        bad.Expect(1).Says(message).Says("pachup apply --resume");
        resumed.Expect(0).Says("misbehave: done");
    }

    [Fact]
    public async Task A_plan_that_needs_a_plugin_for_another_contract_is_refused_and_the_list_says_why()
    {
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "plan.yaml"), PlanWith("throw"));
        await File.WriteAllTextAsync(Path.Combine(_plugin, "PachUp.Sdk.dll"), "a copy");
        (await _tool.RunAsync("plugin", "trust", "add", _plugin)).Expect(0);

        var listed = await _tool.RunAsync("plugin", "list", "--plugin-dir", _plugin);
        var planned = await _tool.RunAsync("plan", "plan.yaml", "--sandbox", "--plugin-dir", _plugin);

        listed.Expect(0).Says("MisbehavingPlugin.dll\" is not used.").Says("The plugin contains its own copy of PachUp.Sdk.dll");
        planned.Expect(2).Says("MisbehavingPlugin.dll\" is not used.").Says("plan.yaml").Says("\"bad/throw\"");
    }

    [Fact]
    public async Task A_step_that_ignores_cancellation_is_ended_by_the_second_signal_and_can_be_resumed()
    {
        await using var clusters = await ClusterPair.StartAsync();
        (await _tool.RunAsync("plugin", "trust", "add", _plugin)).Expect(0);
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "plan.yaml"), PlanWith("block"));

        using var blocked = RunningTool.Start(_tool, ["apply", "plan.yaml", .. clusters.Options, "--plugin-dir", _plugin, "--yes"]);
        await blocked.UntilAsync("[1/1] misbehave: about to wait for ever");
        await blocked.InterruptAsync();
        await blocked.UntilAsync("Stopping where the run can be resumed");
        await blocked.InterruptAsync();
        var ended = await blocked.EndAsync();
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "all-is-well"), "");
        var resumed = await _tool.RunAsync("apply", "--resume", "--plugin-dir", _plugin, "--yes");

        ended.Expect(130).Says("Stopped at once, during the step \"bad/block\" of").Says("pachup apply --resume").Says("pachup rollback");
        resumed.Expect(0).Says("misbehave: done");
    }

    private static string PlanWith(string step) => $$"""
        apiVersion: pachup/v1
        kind: MigrationPlan
        name: misbehaving
        from: { line: "1.8", atLeast: 1.8.7 }
        to: { release: 1.9.0 }
        clusters: { source: {}, target: {} }
        steps:
          - { id: misbehave, uses: bad/{{step}} }
        """;
}
