using PachUp.Common.Disks;
using PachUp.Common.Files;
using PachUp.Testing;
using PachUp.Testing.Disks;

namespace PachUp.Common.Tests.Files;

public sealed class NewFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_get_their_names_together_and_the_first_one_last()
    {
        using var files = Written("archive", "manifest");
        Assert.Equal(["archive.run.partial", "manifest.run.partial"], _folder.FileNames);
        var names = new List<string>();
        using (Disk.Observe(new ScriptedDisk(change => names.AddRange(change is DiskChange.Renamed renamed ? [renamed.To] : []))))
        {
            files.GiveNames();
        }

        Assert.Equal([_folder.File("manifest"), _folder.File("archive")], names);
        Assert.Equal(["archive", "manifest"], _folder.FileNames);
    }

    [Fact]
    public void If_one_name_is_taken_no_file_gets_its_name()
    {
        File.WriteAllText(_folder.File("archive"), "somebody's");
        using (var files = Written("archive", "manifest"))
        {
            Assert.Throws<NameTakenException>(files.GiveNames);
        }

        Assert.Equal(["archive"], _folder.FileNames);
        Assert.Equal("somebody's", File.ReadAllText(_folder.File("archive")));
    }

    [Fact]
    public void Files_without_a_name_are_removed()
    {
        Written("archive", "manifest").Dispose();

        Assert.Empty(_folder.FileNames);
    }

    [Fact]
    public void What_a_killed_writer_left_is_written_again_and_a_link_in_its_place_is_not_followed()
    {
        File.WriteAllText(_folder.File("elsewhere"), "somebody's");
        File.CreateSymbolicLink(_folder.File("archive.run.partial"), _folder.File("elsewhere"));

        using var files = Written("archive");
        files.GiveNames();

        Assert.Equal(("archive", "somebody's"), (File.ReadAllText(_folder.File("archive")), File.ReadAllText(_folder.File("elsewhere"))));
    }

    private NewFiles Written(params string[] names)
    {
        var files = new NewFiles("run");
        foreach (var name in names)
        {
            using var file = files.Create(_folder.File(name));
            file.Write(System.Text.Encoding.UTF8.GetBytes(name));
            file.FlushToDisk();
        }

        return files;
    }
}
