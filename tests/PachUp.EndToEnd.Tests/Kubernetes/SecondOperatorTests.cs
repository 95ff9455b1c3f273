using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>Somebody else looks at a cluster that a run has taken down: the lock in the cluster tells them who did that.</summary>
public sealed class SecondOperatorTests
{
    private static readonly string[] Here = ["--platform", "kubernetes", "--namespace", "default"];

    [Fact]
    public async Task ARunThatTookTheClusterDown_IsNamed_InsteadOfWhatIsMissing()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));
        using var first = await kubernetes.ToolAsync();
        using var second = await kubernetes.ToolAsync();
        using (var running = RunningTool.Start(first, ["apply", Tool.Plan, "--in-place", .. Here, "--yes"]))
        {
            await running.UntilAsync("] deploy");
            running.Kill();
            await running.EndAsync();
        }

        var apply = await second.RunAsync(["apply", Tool.Plan, "--in-place", .. Here, "--yes"]);
        var plan = await second.RunAsync(["plan", Tool.Plan, .. Here]);
        var status = await second.RunAsync(["status", .. Here]);

        apply.Expect(3).Says($"run {first.LastRun}, process").Says("did not end").Says("(lock in the source cluster at");
        plan.Says($"Warning: run {first.LastRun}, process");
        status.Answers($"run {first.LastRun} of ");
    }
}
