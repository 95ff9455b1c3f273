using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Pachyderm.Archives;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Durability;

/// <summary>Two backups of two clusters with the same name.</summary>
public sealed class SameNameTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_resumed_backup_does_not_replace_the_backup_of_another_cluster()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        using var killed = RunningTool.Start(_tool, BackupOf(first));
        await killed.UntilAsync(" extract: ");
        killed.Kill();
        await killed.EndAsync();
        var run = _tool.LastRun;
        DeleteBackup();
        (await _tool.RunAsync(BackupOf(second))).Expect(0);
        var archive = Path.Combine(_tool.WorkingDirectory, "backup.pachx");
        var before = await File.ReadAllBytesAsync(archive);

        var resumed = await _tool.RunAsync("apply", "--resume", run, "--yes");

        var manifest = (await ArchiveInspection.VerifyAsync(archive)).Manifest!;
        resumed.Expect(3).Says("exists already, and this run did not write it").Says($"run {manifest.Run}, the cluster {manifest.Source.ClusterId}").Says("--set archive=PATH");
        Assert.NotEqual(run, manifest.Run);
        Assert.Equal(before, await File.ReadAllBytesAsync(archive));
        (await _tool.RunAsync("rollback", run, "--yes")).Expect(0);
    }

    private static string[] BackupOf(SandboxCluster cluster) => ["apply", "pachyderm-backup", "--source", cluster.Address.ToString(), "--yes"];

    private static async Task<SandboxCluster> StartAsync()
    {
        var cluster = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new(1, 8, 7) });
        await cluster.FillAsync(Recordings.Archive("1.8.7-stoppedout-full"));
        return cluster;
    }

    private void DeleteBackup()
    {
        foreach (var file in Directory.GetFiles(_tool.WorkingDirectory, "backup.pachx*"))
        {
            File.Delete(file);
        }
    }
}
