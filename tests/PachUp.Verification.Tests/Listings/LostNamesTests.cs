using PachUp.Testing;
using PachUp.Verification.Listings;

namespace PachUp.Verification.Tests.Listings;

public sealed class LostNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("lost.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void As_many_names_as_a_report_can_have_need_no_file()
    {
        using var lost = Names(LostNames.MostKept, File);

        Assert.Equal(LostNames.MostKept, lost.First.Length);
        Assert.Null(lost.File);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void Of_more_names_the_file_has_all_and_the_report_the_first()
    {
        using (var lost = Names(LostNames.MostKept + 2, File))
        {
            Assert.Equal(LostNames.MostKept, lost.First.Length);
            Assert.Equal(File, lost.File);
        }

        Assert.Equal(Enumerable.Range(0, LostNames.MostKept + 2).Select(number => $"tag {number}"), System.IO.File.ReadLines(File));
    }

    [Fact]
    public void Without_a_file_there_are_only_the_first()
    {
        using var lost = Names(LostNames.MostKept + 2, file: null);

        Assert.Equal(LostNames.MostKept, lost.First.Length);
        Assert.Null(lost.File);
    }

    private static LostNames Names(int count, string? file)
    {
        var lost = new LostNames(file);
        foreach (var number in Enumerable.Range(0, count))
        {
            lost.Add($"tag {number}");
        }

        return lost;
    }
}
