using PachUp.Common.Disks;
using PachUp.Common.Files;
using PachUp.Testing;
using PachUp.Testing.Disks;

namespace PachUp.Common.Tests.Files;

public sealed class PrivateFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Place => _folder.File("plan.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_flushed_before_it_gets_its_name_and_its_directory_after_it()
    {
        var changes = new List<DiskChange>();
        using var watch = Disk.Observe(new ScriptedDisk(changes.Add));

        PrivateFile.Replace(Place, "new"u8);

        var partial = changes[0].Path;
        Assert.Matches(@"plan\.json\.[0-9a-f]{12}\.partial$", partial);
        Assert.Equal(
            [
                new DiskChange.FileCreated(partial),
                new DiskChange.FileFlushed(partial),
                new DiskChange.Renamed(partial, Place),
                new DiskChange.DirectoryFlushed(_folder.Path),
            ],
            changes.Where(change => change is not DiskChange.FileWritten));
        Assert.Equal("new", File.ReadAllText(Place));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_in_the_place_of_a_file_is_replaced_and_not_followed(bool pieceByPiece)
    {
        var elsewhere = Planted();

        await (pieceByPiece
            ? PrivateFile.ReplaceAsync(Place, async file => await file.WriteAsync("new"u8.ToArray()))
            : Task.Run(() => PrivateFile.Replace(Place, "new"u8)));

        Assert.Equal(("somebody's", "new"), (File.ReadAllText(elsewhere), File.ReadAllText(Place)));
        Assert.Null(new FileInfo(Place).LinkTarget);
    }

    [Fact]
    public void A_file_that_has_to_be_new_is_not_created_through_a_link()
    {
        File.CreateSymbolicLink(Place, _folder.File("elsewhere"));

        Assert.Throws<NameTakenException>(() => PrivateFile.Create(Place));

        Assert.Equal(["plan.json"], _folder.FileNames);
    }

    [Fact]
    public void Nothing_is_appended_through_a_link()
    {
        var elsewhere = Planted();

        var failure = Assert.Throws<IOException>(() => PrivateFile.OpenToAppend(Place));

        Assert.Equal($"\"{Place}\" is a link, and PachUp does not write through links", failure.Message);
        Assert.Equal("somebody's", File.ReadAllText(elsewhere));
    }

    [Fact]
    public void The_system_does_not_open_a_link_that_appears_after_the_check()
    {
        var elsewhere = Planted();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Throws<IOException>(() => UnixCalls.OpenWithoutFollowing(Place));
            UnixCalls.OpenWithoutFollowing(elsewhere).Dispose();
        }
    }

    [Fact]
    public void Appending_goes_on_at_the_end()
    {
        for (var i = 0; i < 2; i++)
        {
            using var file = PrivateFile.OpenToAppend(Place);
            file.Write("line\n"u8);
        }

        Assert.Equal("line\nline\n", File.ReadAllText(Place));
    }

    [Fact]
    public void The_permissions_of_a_file_that_exists_are_taken_back()
    {
        File.WriteAllText(Place, "");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(Place, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        PrivateFile.OpenToAppend(Place).Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Place));
    }

    [Fact]
    public void A_file_is_open_exclusively_until_it_is_closed()
    {
        using (PrivateFile.OpenExclusively(Place))
        {
            Assert.Throws<FileInUseException>(() => PrivateFile.OpenExclusively(Place));
        }

        PrivateFile.OpenExclusively(Place).Dispose();
    }

    [Fact]
    public void Only_an_earlier_file_of_the_same_kind_is_replaced()
    {
        PrivateFile.ReplaceEarlier(Place, "plan 1"u8, IsPlan, "a saved plan");
        PrivateFile.ReplaceEarlier(Place, "plan 2"u8, IsPlan, "a saved plan");
        File.WriteAllText(_folder.File("letter"), "Dear Sir");

        var failure = Assert.Throws<IOException>(() => PrivateFile.ReplaceEarlier(_folder.File("letter"), "plan 3"u8, IsPlan, "a saved plan"));

        Assert.Equal($"\"{_folder.File("letter")}\" exists and is not a saved plan", failure.Message);
        Assert.Equal(("plan 2", "Dear Sir"), (File.ReadAllText(Place), File.ReadAllText(_folder.File("letter"))));
    }

    [Fact]
    public void A_link_to_an_earlier_file_of_the_same_kind_is_not_replaced()
    {
        File.WriteAllText(_folder.File("first"), "plan 1");
        File.CreateSymbolicLink(Place, _folder.File("first"));

        Assert.Throws<IOException>(() => PrivateFile.ReplaceEarlier(Place, "plan 2"u8, IsPlan, "a saved plan"));

        Assert.Equal("plan 1", File.ReadAllText(_folder.File("first")));
    }

    [Fact]
    public void A_file_that_appears_after_the_check_is_not_replaced()
    {
        using var watch = Disk.Observe(new ScriptedDisk(change =>
        {
            if (change is DiskChange.Renamed)
            {
                File.WriteAllText(Place, "somebody's");
            }
        }));

        Assert.Throws<NameTakenException>(() => PrivateFile.ReplaceEarlier(Place, "plan"u8, IsPlan, "a saved plan"));

        Assert.Equal(["plan.json"], _folder.FileNames);
        Assert.Equal("somebody's", File.ReadAllText(Place));
    }

    [Fact]
    public void A_failure_names_the_file_and_the_cause_and_leaves_the_old_file()
    {
        PrivateFile.Replace(Place, "old"u8);
        using var watch = Disk.Observe(ScriptedDisk.Failing(change => change is DiskChange.FileFlushed));

        var failure = Assert.Throws<IOException>(() => PrivateFile.Replace(Place, "new"u8));

        Assert.Matches($"the file \"{Place}.*\" cannot be written: No space left on device$", failure.Message);
        Assert.Equal(["plan.json"], _folder.FileNames);
        Assert.Equal("old", File.ReadAllText(Place));
    }

    private static bool IsPlan(string path) => File.ReadAllText(path).StartsWith("plan", StringComparison.Ordinal);

    /// <summary>A link where PachUp will write, to a file that it must not touch.</summary>
    private string Planted()
    {
        var elsewhere = _folder.File("elsewhere");
        File.WriteAllText(elsewhere, "somebody's");
        File.CreateSymbolicLink(Place, elsewhere);
        return elsewhere;
    }
}
