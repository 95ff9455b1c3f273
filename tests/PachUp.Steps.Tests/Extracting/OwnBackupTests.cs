using PachUp.Common.Disks;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;
using PachUp.Steps.Extracting;
using PachUp.Steps.Restoring;
using PachUp.Testing;
using PachUp.Testing.Disks;
using PachUp.Verification.Backups;

namespace PachUp.Steps.Tests.Extracting;

/// <summary>Two runs that write backups with the same name: nobody's backup is lost, and no run takes the backup of another for its own.</summary>
public sealed class OwnBackupTests : IAsyncLifetime
{
    private static readonly ExtractStep Step = new();

    private StepBench _first = null!;
    private StepBench? _second;

    private string Archive => _first.Archive;

    private ExtractStep.Arguments Arguments => new() { To = Archive, Objects = true };

    private StandInExecution FirstRun => RunOf(_first, "20260101-120000-aaaa");

    public async Task InitializeAsync() => _first = await StepBench.StartAsync();

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        if (_second is not null)
        {
            await _second.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("while it wrote the archive")]
    [InlineData("before its files got their names")]
    [InlineData("before the archive got its name")]
    [InlineData("when its backup was complete")]
    public async Task A_resumed_run_does_not_replace_the_backup_that_another_run_has_written_in_the_meantime(string killed)
    {
        var first = FirstRun;
        await KillAsync(first, killed);
        DeleteBackup();
        await Step.ExecuteAsync(Arguments, await SecondRunAsync());
        var before = Backup();

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(Arguments, first));

        var owner = (await ArchiveManifest.ReadBesideAsync(Archive))!;
        Assert.Equal(FailureKind.Refused, refusal.Kind);
        Assert.Equal(
            $"a file \"{Archive}\" exists already, and this run did not write it. Its manifest names run 20260101-130000-bbbb, the cluster {owner.Source.ClusterId} "
            + $"(1.8.8 at {_second!.Source.Address}), and {owner.Source.ExtractedAt:yyyy-MM-dd HH:mm} UTC",
            refusal.Message);
        Assert.Contains("make a new plan with another archive, for example with --set archive=PATH", refusal.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, Backup());
    }

    [Fact]
    public async Task A_resumed_transfer_does_not_send_the_backup_that_another_run_has_written_in_the_meantime()
    {
        var (step, arguments, first) = (new TransferStep(), new TransferStep.Arguments { To = Archive }, FirstRun);
        using (Disk.Observe(new EndingDisk(change => change is DiskChange.FileCreated { Path: var path } && path.Contains("left-behind", StringComparison.Ordinal))))
        {
            await Assert.ThrowsAsync<ProcessEndedException>(() => step.ExecuteAsync(arguments, first));
        }

        DeleteBackup();
        await Step.ExecuteAsync(Arguments, await SecondRunAsync());
        var before = Backup();

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => step.ExecuteAsync(arguments, first));

        Assert.Contains("this run did not write it. Its manifest names run 20260101-130000-bbbb", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, Backup());
    }

    [Fact]
    public async Task While_a_run_writes_a_backup_no_other_run_begins_one_with_its_name()
    {
        await KillAsync(FirstRun, "while it wrote the archive");

        var refusal = await Assert.ThrowsAsync<StepFailedException>(async () => await Step.ExecuteAsync(Arguments, await SecondRunAsync()));

        Assert.Equal(
            $"another run is writing \"{Archive}\", or was killed while it did: its file \"{Archive}.20260101-120000-aaaa.partial\" is there",
            refusal.Message);
    }

    [Theory]
    [InlineData("while it wrote the archive")]
    [InlineData("before its files got their names")]
    [InlineData("before the archive got its name")]
    [InlineData("when its backup was complete")]
    public async Task A_killed_run_writes_its_own_backup_again_and_leaves_nothing_else(string killed)
    {
        var first = FirstRun;
        await KillAsync(first, killed);

        await Step.ExecuteAsync(Arguments, first);

        var manifest = (await ArchiveInspection.VerifyAsync(Archive)).Manifest!;
        Assert.Equal("20260101-120000-aaaa", manifest.Run);
        Assert.Equal(BackupFiles.Beside(Archive, listsObjects: true).Append(Archive).Order(), FilesOfBackup().Order());
    }

    [Fact]
    public async Task A_rollback_names_the_incomplete_archive_of_a_killed_run()
    {
        var first = FirstRun;
        await KillAsync(first, "while it wrote the archive");

        Assert.Equal(
            $"Nothing to undo: this step only read. It was killed before its archive was complete: delete \"{Archive}.20260101-120000-aaaa.partial\".",
            Step.DescribeRollback(Arguments, first));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".manifest.json")]
    [InlineData(".objects")]
    public async Task A_file_that_appears_while_the_run_writes_is_not_replaced(string suffix)
    {
        using var watch = Disk.Observe(new ScriptedDisk(change =>
        {
            if (change is DiskChange.Renamed { To: var to } && to == Archive + suffix)
            {
                File.WriteAllText(to, "somebody's");
            }
        }));

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(Arguments, FirstRun));

        Assert.StartsWith($"a file \"{Archive + suffix}\" exists already", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([Archive + suffix], FilesOfBackup());
        Assert.Equal("somebody's", File.ReadAllText(Archive + suffix));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".inventory.json")]
    public async Task A_changed_file_is_not_taken_for_that_of_the_run(string suffix)
    {
        var first = FirstRun;
        await Step.ExecuteAsync(Arguments, first);
        File.AppendAllText(Archive + suffix, "changed");

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.ExecuteAsync(Arguments, first));

        Assert.StartsWith($"a file \"{Archive + suffix}\" exists already, and this run did not write it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_was_replaced_after_the_extract_is_not_restored()
    {
        var first = FirstRun;
        await Step.ExecuteAsync(Arguments, first);
        DeleteBackup();
        await Step.ExecuteAsync(Arguments, await SecondRunAsync());

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => new RestoreStep().ExecuteAsync(new RestoreStep.Arguments { From = Archive }, first));

        Assert.StartsWith($"the archive \"{Archive}\" is not the one that this run extracted: its SHA-256 is ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, _first.Target.Cluster.WriteCalls);
    }

    /// <summary>A run of another source.</summary>
    private async Task<StandInExecution> SecondRunAsync()
    {
        _second = await StepBench.StartAsync(StepBench.World.WithRepo("of-the-second-run"));
        return RunOf(_second, "20260101-130000-bbbb");
    }

    private static StandInExecution RunOf(StepBench bench, string id)
    {
        var directory = Path.Combine(Path.GetDirectoryName(bench.RunDirectory)!, "runs", id);
        Directory.CreateDirectory(directory);
        return bench.Execution with { RunDirectory = directory };
    }

    private async Task KillAsync(StandInExecution run, string when)
    {
        var disk = new EndingDisk(change => when switch
        {
            "while it wrote the archive" => change is DiskChange.FileFlushed && change.Path.StartsWith(Archive, StringComparison.Ordinal),
            "before its files got their names" => change is DiskChange.Renamed && change.Path.StartsWith(Archive, StringComparison.Ordinal),
            "before the archive got its name" => change is DiskChange.Renamed { To: var to } && to == Archive,
            _ => change is DiskChange.FileCreated && change.Path.Contains("left-behind", StringComparison.Ordinal),
        });
        using var watch = Disk.Observe(disk);
        await Assert.ThrowsAsync<ProcessEndedException>(() => Step.ExecuteAsync(Arguments, run));
    }

    /// <summary>What a user may do with a backup that seems to be left over.</summary>
    private void DeleteBackup()
    {
        foreach (var file in FilesOfBackup())
        {
            File.Delete(file);
        }
    }

    private IReadOnlyList<string> Backup() => [.. FilesOfBackup().Order().Select(file => $"{file} {Convert.ToHexString(File.ReadAllBytes(file))}")];

    private string[] FilesOfBackup() => Directory.GetFiles(Path.GetDirectoryName(Archive)!);
}
