using PachUp.Common.Disks;
using PachUp.Common.Files;
using PachUp.Testing;
using PachUp.Testing.Disks;

namespace PachUp.Common.Tests.Files;

public sealed class PrivateDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_parents_are_created_and_every_name_is_on_disk()
    {
        var changes = new List<DiskChange>();
        using var watch = Disk.Observe(new ScriptedDisk(changes.Add));

        PrivateDirectory.Create(_folder.File("runs/run-1/"));
        PrivateDirectory.Create(_folder.File("runs/run-1"));

        Assert.Equal(
            [
                new DiskChange.DirectoryCreated(_folder.File("runs")),
                new DiskChange.DirectoryFlushed(_folder.Path),
                new DiskChange.DirectoryCreated(_folder.File("runs/run-1")),
                new DiskChange.DirectoryFlushed(_folder.File("runs")),
            ],
            changes);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(Disk.OwnerOnlyDirectory, File.GetUnixFileMode(_folder.File("runs")));
        }
    }

    [Fact]
    public void Both_directories_know_of_a_move()
    {
        PrivateDirectory.Create(_folder.File("new/plugin"));
        var changes = new List<DiskChange>();
        using var watch = Disk.Observe(new ScriptedDisk(changes.Add));

        PrivateDirectory.Move(_folder.File("new/plugin"), _folder.File("plugin"));

        Assert.Equal([new DiskChange.DirectoryFlushed(_folder.Path), new DiskChange.DirectoryFlushed(_folder.File("new"))], changes.Skip(1));
        Assert.True(Directory.Exists(_folder.File("plugin")));
    }
}
