using PachUp.Engine.Runs.Reports.Writing;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Runs.Reports.Writing;

public sealed class ReportFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("report");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ReportFormat.Markdown, ReportFormat.Html)]
    [InlineData(ReportFormat.Html, ReportFormat.Json)]
    [InlineData(ReportFormat.Json, ReportFormat.Markdown)]
    public void An_earlier_report_is_replaced(ReportFormat earlier, ReportFormat later)
    {
        ReportFile.Write(Path, SampleReport.Lossy, earlier);

        ReportFile.Write(Path, SampleReport.Done, later);

        Assert.Equal(ReportFile.Text(SampleReport.Done, later), File.ReadAllText(Path));
    }

    [Theory]
    [InlineData("my notes\n")]
    [InlineData("# Run to the shop: done\n")]
    [InlineData("{\n  \"format\": \"other/v1\"\n}\n")]
    [InlineData("<!DOCTYPE html>\n<html><head><title>x</title></head></html>")]
    public void Another_file_is_not_replaced(string content)
    {
        File.WriteAllText(Path, content);

        var refusal = Assert.Throws<IOException>(() => ReportFile.Write(Path, SampleReport.Done, ReportFormat.Html));

        Assert.Equal($"\"{Path}\" exists and is not a report of a run", refusal.Message);
        Assert.Equal(content, File.ReadAllText(Path));
    }

    [Fact]
    public void A_directory_is_not_replaced() => Assert.Throws<IOException>(() => ReportFile.Write(_folder.Path, SampleReport.Done, ReportFormat.Html));

    [Fact]
    public void An_empty_file_holds_nothing_that_could_be_lost()
    {
        File.WriteAllText(Path, "");

        ReportFile.Write(Path, SampleReport.Done, ReportFormat.Markdown);

        Assert.StartsWith("# Run ", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_owner_can_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        ReportFile.Write(Path, SampleReport.Done, ReportFormat.Html);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }
}
