using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using CliWrap;
using CliWrap.Buffered;
using PachUp.Engine.Runs.Reports.Writing;
using PachUp.Testing;

namespace PachUp.Engine.Tests.Runs.Reports.Html;

/// <summary>A report in a real browser, on a screen and on paper.</summary>
public sealed partial class BrowserTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    private string Report => _folder.File("report.html");

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task A_browser_reads_a_report_as_it_was_written_and_has_nothing_to_complain_about()
    {
        ReportFile.Write(Report, SampleReport.Lossy, ReportFormat.Html);

        var result = await BrowseAsync("--enable-logging=stderr", "--dump-dom");

        var (written, read) = (new HtmlParser().ParseDocument(await File.ReadAllTextAsync(Report)), new HtmlParser().ParseDocument(result.StandardOutput));
        Assert.Equal(written.All.Select(element => element.LocalName), read.All.Select(element => element.LocalName));
        Assert.Equal(written.Body!.TextContent.Trim(), read.Body!.TextContent.Trim());
        Assert.DoesNotContain("CONSOLE", result.StandardError, StringComparison.Ordinal);
    }

    /// <summary>A script in a copy of the page measures it; the page itself allows none.</summary>
    [ChromiumFact]
    public async Task Nothing_sticks_out_of_a_page_as_wide_as_A4()
    {
        ReportFile.Write(Report, SampleReport.Lossy, ReportFormat.Html);
        var page = ContentSecurityPolicy().Replace(await File.ReadAllTextAsync(Report), "");
        await File.WriteAllTextAsync(Report, page.Replace("</body>", "<script>document.title = document.documentElement.scrollWidth</script></body>", StringComparison.Ordinal));

        var result = await BrowseAsync("--window-size=794,1123", "--hide-scrollbars", "--dump-dom");

        Assert.InRange(int.Parse(new HtmlParser().ParseDocument(result.StandardOutput).Title!, System.Globalization.CultureInfo.InvariantCulture), 1, 794);
    }

    [ChromiumFact]
    public async Task It_is_printed_on_A4()
    {
        ReportFile.Write(Report, SampleReport.Lossy, ReportFormat.Html);

        await BrowseAsync($"--print-to-pdf={_folder.File("report.pdf")}", "--no-pdf-header-footer");

        var pages = MediaBox().Matches(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(_folder.File("report.pdf"))));
        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.Equal(("594", "841"), (page.Groups[1].Value, page.Groups[2].Value)));
    }

    private async Task<BufferedCommandResult> BrowseAsync(params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Limit);
        return await Cli.Wrap(ChromiumFactAttribute.Browser!)
            .WithArguments(["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={_folder.File("profile")}", .. arguments, new Uri(Report).AbsoluteUri])
            .ExecuteBufferedAsync(limit.Token);
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex ContentSecurityPolicy();

    [GeneratedRegex(@"/MediaBox \[0 0 (\d+)\.\d+ (\d+)\.\d+\]")]
    private static partial Regex MediaBox();
}
