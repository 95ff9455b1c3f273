using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.EndToEnd.Tests.Matrix;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>
/// Two operators on two machines, which share nothing but the cluster. While the process of the first is frozen, the second tries the same cluster.
/// By default the first is frozen at one record; with PACHUP_MATRIX=all at every one.
/// </summary>
public sealed class TwoMachinesTests
{
    private const string OtherMachine = "elsewhere";

    private static readonly string[] Apply = ["apply", Tool.Plan, "--in-place", "--platform", "kubernetes", "--namespace", "default", "--yes"];

    [PrivilegedFact]
    public async Task While_a_run_is_frozen_a_second_machine_is_refused_and_told_who_works_there()
    {
        var records = KillMatrixTests.IsWhole ? await CountRecordsAsync() : 1;
        for (var record = 1; record <= records; record++)
        {
            await FreezeAsync(KillMatrixTests.IsWhole ? record : new Random(KillMatrixTests.Seed).Next(1, 8));
        }
    }

    private static Task<KubernetesWithPachd> StartKubernetesAsync() => KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-world-full"));

    private static async Task<int> CountRecordsAsync()
    {
        await using var kubernetes = await StartKubernetesAsync();
        using var tool = await kubernetes.ToolAsync();
        (await tool.RunAsync(Apply)).Expect(0);
        return new JournalWatch(tool).Records.Count;
    }

    private static async Task FreezeAsync(int record)
    {
        await using var kubernetes = await StartKubernetesAsync();
        using var here = await kubernetes.ToolAsync();
        using var there = await kubernetes.ToolAsync();
        using var first = RunningTool.Start(here, Apply);
        await new JournalWatch(here).FreezeAtAsync(first, record);

        var second = await RunOnOtherMachineAsync(there);
        await Signals.ContinueAsync(first.ProcessId);
        (await first.EndAsync()).Expect(0);

        var text = string.Join(' ', $"{second.Answer} {second.Talk}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.True(second.ExitCode != 0 && text.Contains(first.AsHolder, StringComparison.Ordinal), $"frozen at record {record}, the second ended with {second.ExitCode}: {text}");
        Assert.False(Directory.Exists(Path.Combine(there.WorkingDirectory, ".pachup", "runs")));
    }

    /// <summary>Another host name, and another directory for the locks of a machine.</summary>
    private static Task<Outcome> RunOnOtherMachineAsync(Tool tool)
    {
        var locks = Directory.CreateDirectory(Path.Combine(tool.WorkingDirectory, "locks")).FullName;
        return tool.RunOnAsync(OtherMachine, [.. Apply, "--lock-dir", locks]);
    }
}
