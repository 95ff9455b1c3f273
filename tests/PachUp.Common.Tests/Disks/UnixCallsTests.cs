using PachUp.Common.Disks;
using PachUp.Testing;

namespace PachUp.Common.Tests.Disks;

/// <summary>The ways to rename a file without replacing another. Which one is used depends on the file system.</summary>
public sealed class UnixCallsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Ways => ["rename", "link", "reserve"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_free_name_is_given(string way)
    {
        File.WriteAllText(_folder.File("from"), "new");

        Rename(way);

        Assert.Equal(["to"], _folder.FileNames);
        Assert.Equal("new", File.ReadAllText(_folder.File("to")));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_taken_name_is_not_given(string way)
    {
        File.WriteAllText(_folder.File("from"), "new");
        File.WriteAllText(_folder.File("to"), "somebody's");

        Assert.Throws<NameTakenException>(() => Rename(way));

        Assert.Equal(("new", "somebody's"), (File.ReadAllText(_folder.File("from")), File.ReadAllText(_folder.File("to"))));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_name_that_a_link_has_is_not_given(string way)
    {
        File.WriteAllText(_folder.File("from"), "new");
        File.CreateSymbolicLink(_folder.File("to"), _folder.File("elsewhere"));

        Assert.Throws<NameTakenException>(() => Rename(way));

        Assert.Equal(["from", "to"], _folder.FileNames);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_file_that_is_gone_leaves_no_name(string way)
    {
        Assert.ThrowsAny<IOException>(() => Rename(way));

        Assert.Empty(_folder.FileNames);
    }

    private void Rename(string way)
    {
        var (from, to) = (_folder.File("from"), _folder.File("to"));
        var isDone = way switch
        {
            "rename" => UnixCalls.TryRename(from, to),
            "link" => UnixCalls.TryLink(from, to),
            _ => Reserve(from, to),
        };
        Assert.True(isDone, $"the temporary directory is on a file system without this way: {way}");
    }

    private static bool Reserve(string from, string to)
    {
        UnixCalls.ReserveAndRename(from, to);
        return true;
    }
}
