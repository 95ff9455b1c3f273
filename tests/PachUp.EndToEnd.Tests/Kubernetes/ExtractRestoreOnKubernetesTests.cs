using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>The commands with one cluster name it on Kubernetes as the others do, and the platform finds its pachd.</summary>
public sealed class ExtractRestoreOnKubernetesTests
{
    [Fact]
    public async Task AClusterIsExtractedFromItsNamespace_AndRestoredIntoAnotherKubernetes()
    {
        await using var old = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-stoppedout-full"));
        await using var next = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-empty"));
        using var tool = await old.ToolAsync();

        // An address in the environment is not the cluster that the command line names.
        var extracted = await tool.RunInShellAsync(
            "export PACHD_ADDRESS=localhost:1", "extract", "--namespace", "default", "--kube-context", "test", "--archive", "backup.pachx");
        await next.ConfigureAsync(tool.WorkingDirectory);
        var restored = await tool.RunInShellAsync("export PACHD_ADDRESS=localhost:1", "restore", "backup.pachx", "--target", "kube:test/default", "--yes");

        extracted.Expect(0);
        restored.Expect(0).Answers("Arrived: repos 3 of 3");
    }

    [Fact]
    public async Task ACluster_CanBeNamedByTheSettings()
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-empty"));
        using var tool = await kubernetes.ToolAsync();
        await File.WriteAllTextAsync(Path.Combine(tool.WorkingDirectory, "pachup.yaml"), "clusters:\n  prod: { context: test, namespace: default }\n");

        (await tool.RunAsync("extract", "--source", "prod", "--archive", "backup.pachx")).Expect(0);
    }

    [Theory]
    [InlineData("extract", "--source", "kube:test/lab", "--archive", "backup.pachx")]
    [InlineData("restore", "backup.pachx", "--target", "kube:test/lab", "--yes")]
    public async Task ANamespaceWithoutPachd_IsNamed(params string[] command)
    {
        await using var kubernetes = await KubernetesWithPachd.StartAsync("google-1.8.7", Recordings.Archive("1.8.7-empty"));
        using var tool = await kubernetes.ToolAsync();
        await File.WriteAllBytesAsync(Path.Combine(tool.WorkingDirectory, command[0] == "restore" ? "backup.pachx" : "other.pachx"), []);

        (await tool.RunAsync(command)).Expect(1).Says("namespace \"lab\" does not exist");
    }
}
