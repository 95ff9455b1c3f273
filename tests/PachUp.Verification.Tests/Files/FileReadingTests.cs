using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Files;

namespace PachUp.Verification.Tests.Files;

public class FileReadingTests
{
    private static readonly string Datum = "/" + new string('a', 64);

    [Theory]
    [InlineData("/pfs/words/b.txt", 0, true)]
    [InlineData("/pfs/words/b.txt", 7, false)]
    [InlineData("/pfs/out/b.txt", 0, false)]
    [InlineData("/logs", 0, false)]
    [InlineData("/pfs/out/b.txt", 20, true)]
    public void Servers_give_nothing_of_a_copy_of_an_input_in_stats_and_that_is_no_loss(string path, long bytes, bool isWhole) =>
        Assert.Equal(isWhole, FileReading.IsWhole(new CommitFile(Datum + path, 20, "hash"), bytes));

    [Fact]
    public void Elsewhere_a_file_of_which_nothing_comes_is_lost() =>
        Assert.False(FileReading.IsWhole(new CommitFile("/pfs/words/b.txt", 20, "hash"), 0));
}
