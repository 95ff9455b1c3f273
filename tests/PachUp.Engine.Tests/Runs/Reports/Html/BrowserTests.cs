using AngleSharp.Html.Parser;
using CliWrap;
using CliWrap.Buffered;
using PachUp.Engine.Runs.Reports.Writing;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Runs.Reports.Html;

public sealed class BrowserTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task A_browser_reads_a_report_as_it_was_written_and_has_nothing_to_complain_about()
    {
        var file = _folder.File("report.html");
        ReportFile.Write(file, SampleReport.Lossy, ReportFormat.Html);
        using var limit = new CancellationTokenSource(Limit);

        var result = await Cli.Wrap(ChromiumFactAttribute.Browser!)
            .WithArguments(["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", $"--user-data-dir={_folder.File("profile")}", "--dump-dom", new Uri(file).AbsoluteUri])
            .ExecuteBufferedAsync(limit.Token);

        var (written, read) = (new HtmlParser().ParseDocument(await File.ReadAllTextAsync(file, limit.Token)), new HtmlParser().ParseDocument(result.StandardOutput));
        Assert.Equal(written.All.Select(element => element.LocalName), read.All.Select(element => element.LocalName));
        Assert.Equal(written.Body!.TextContent.Trim(), read.Body!.TextContent.Trim());
        Assert.DoesNotContain("CONSOLE", result.StandardError, StringComparison.Ordinal);
    }
}
