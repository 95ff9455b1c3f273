using System.IO.Compression;
using PachUp.Common.Files;
using PachUp.Sdk;
using PachUp.Testing;
using PachUp.Verification.Backups;
using PachUp.Verification.Records;

namespace PachUp.Verification.Tests.Backups;

public sealed class BackupOutputsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_run_recorded_is_the_same_in_the_run_that_restores_the_backup()
    {
        Write("run/source-outputs.json", "heads");
        Write("run/source-outputs/edges@1.jsonl", "files of edges");
        Write("run/source-outputs/montage@2.jsonl", "files of montage");

        await PackAsync();
        await BackupOutputs.UnpackAsync(_folder.File("backup.outputs.zip"), _folder.File("restore"), CancellationToken.None);

        Assert.Equal("heads", File.ReadAllText(_folder.File($"restore/{RecordFiles.SourceOutputs}")));
        Assert.Equal("files of edges", File.ReadAllText(_folder.File($"restore/{RecordFiles.SourceOutputFiles}/edges@1.jsonl")));
        Assert.Equal("files of montage", File.ReadAllText(_folder.File($"restore/{RecordFiles.SourceOutputFiles}/montage@2.jsonl")));
    }

    [Fact]
    public async Task A_run_that_recorded_nothing_leaves_no_file()
    {
        Directory.CreateDirectory(_folder.File("run"));

        Assert.False(await PackAsync());
        await BackupOutputs.UnpackAsync(_folder.File("backup.outputs.zip"), _folder.File("restore"), CancellationToken.None);

        Assert.False(File.Exists(_folder.File("backup.outputs.zip")));
        Assert.False(Directory.Exists(_folder.File("restore")));
    }

    [Fact]
    public async Task A_truncated_file_fails_with_its_name_and_what_to_do()
    {
        Write("run/source-outputs.json", "heads");
        await PackAsync();
        File.WriteAllBytes(_folder.File("backup.outputs.zip"), File.ReadAllBytes(_folder.File("backup.outputs.zip"))[..40]);

        var failure = await Assert.ThrowsAsync<StepFailedException>(() =>
            BackupOutputs.UnpackAsync(_folder.File("backup.outputs.zip"), _folder.File("restore"), CancellationToken.None));

        Assert.StartsWith($"the record of finished output \"{_folder.File("backup.outputs.zip")}\" is damaged: ", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Copy the file again.", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_out_of_the_folder_stays_in_it()
    {
        using (var zip = ZipFile.Open(_folder.File("backup.outputs.zip"), ZipArchiveMode.Create))
        {
            using var entry = new StreamWriter(zip.CreateEntry("../../plan.json").Open());
            entry.Write("changed");
        }

        await BackupOutputs.UnpackAsync(_folder.File("backup.outputs.zip"), _folder.File("restore"), CancellationToken.None);

        Assert.Equal([_folder.File($"restore/{RecordFiles.SourceOutputFiles}/plan.json")], Directory.EnumerateFiles(_folder.File("."), "plan.json", SearchOption.AllDirectories).Select(Path.GetFullPath));
    }

    private async Task<bool> PackAsync()
    {
        using var files = new NewFiles();
        var isThere = await BackupOutputs.PackAsync(_folder.File("run"), files, _folder.File("backup.outputs.zip"), CancellationToken.None);
        if (isThere)
        {
            files.GiveNames();
        }

        return isThere;
    }

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(path))!);
        File.WriteAllText(_folder.File(path), content);
    }
}
