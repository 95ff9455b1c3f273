using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Reports;
using PachUp.Engine.Runs.Reports.Graphs;
using PachUp.Engine.Runs.Reports.Html;
using PachUp.Engine.State;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Records;

namespace PachUp.Engine.Tests.Runs.Reports.Html;

public class EscapingTests
{
    private const string Harmless = "harmless";

    public static TheoryData<string> Hostile => new(
        "<script>alert(1)</script>",
        "</title></style></svg></td></table><img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "' onmouseover='alert(1)",
        "]]><b>",
        "--><b>",
        "--&gt;<b>",
        "&lt;script&gt;",
        "<!--",
        "${run.directory}{{x}}",
        "\0\u0001\u0008\u001b[31m",
        "a\u202Eb\u2066c\u200Bd\u2028e\uFEFF",
        "half \uD800 pair",
        "line\r\nbreak\ttab");

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_element_and_no_attribute_comes_from_data(string text)
    {
        var expected = Skeleton(Parse(Harmless));

        var found = Skeleton(Parse(text));

        Assert.Equal(expected, found);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void The_text_itself_can_be_read_with_invisible_characters_made_visible(string text)
    {
        var page = Parse(text);

        Assert.Contains(page.QuerySelectorAll("li"), item => item.TextContent == $"repo {SafeText.Of(text)}: {SafeText.Of(text)}");
        Assert.DoesNotContain(page.DocumentElement.TextContent, character => character != '\n' && (char.IsControl(character) || char.IsSurrogate(character)));
        Assert.DoesNotMatch("[\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF\u2028\u2029]", page.DocumentElement.TextContent);
    }

    [Fact]
    public void Every_text_of_the_report_was_replaced_in_this_test()
    {
        var page = Parse("MARK");

        Assert.True(page.DocumentElement.TextContent.Split("MARK").Length > 60, "the report has to show the hostile text in all of its places");
        Assert.Contains("MARK", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_loads_nothing_and_runs_nothing()
    {
        var page = new HtmlParser().ParseDocument(HtmlReport.Write(SampleReport.Done));

        Assert.Empty(page.QuerySelectorAll("script, link, img, iframe, object, embed, base, form, a, style ~ style"));
        Assert.DoesNotContain(page.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name is "style" or "src" or "href");
        Assert.DoesNotContain("url(", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", page.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_writer_refuses_elements_and_attributes_that_it_does_not_know()
    {
        var html = new HtmlWriter();

        Assert.Throws<ArgumentException>(() => html.Begin("script"));
        Assert.Throws<ArgumentException>(() => html.Begin("p", ("onclick", "x")));
        Assert.Throws<ArgumentException>(() => html.Begin("p", ("class=\"x\" id", "x")));
    }

    [Fact]
    public void The_writer_refuses_to_give_a_page_with_an_open_element()
    {
        var html = new HtmlWriter();
        html.Begin("p");

        Assert.Throws<InvalidOperationException>(() => html.ToString());
    }

    /// <summary>All elements with their attributes, without what a drawing computes from the width of a text.</summary>
    private static IReadOnlyList<string> Skeleton(IDocument page) =>
    [
        .. page.All.Where(element => !IsTip(element)).Select(element => $"{element.LocalName} {string.Join(' ', element.Attributes.Select(attribute => $"{attribute.Name}={attribute.Value}"))}"),
    ];

    /// <summary>A text that is too long for its box has an element with the whole text.</summary>
    private static bool IsTip(IElement element) => element.LocalName == "title" && element.ParentElement?.LocalName == "text";

    private static IDocument Parse(string text) => new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(HtmlReport.Write(With(text)));

    /// <summary>A report in which every text is the given one.</summary>
    private static RunReport With(string text)
    {
        var item = new InventoryItem(ItemKind.Repo, text, text);
        var step = SampleReport.Step(text, StepState.Failed, text, (0, 3, StepState.Failed));
        var cluster = new ClusterFacts(text, text, text, new Release(1, 8, 7), text, null);
        return SampleReport.Lossy with
        {
            Run = new RunDirectory(text, text),
            Circumstances = new RunCircumstances(text, text, text),
            Plan = SampleReport.Done.Plan with
            {
                PlanName = text,
                PlanSha256 = text,
                Source = cluster,
                Target = cluster,
                Findings = [new Finding(text, text, CheckResult.Warning(text, text, text), Accepted: false)],
                Changes = [.. Enum.GetValues<ChangeKind>().Select(kind => new AnnouncedChange(kind, item, text, text))],
            },
            Forecast = SampleReport.Done.Forecast! with { Steps = [new StepForecast(text, TimeSpan.Zero, null)] },
            Steps = [step, step],
            Graph = new ClusterGraph(
                [new GraphNode(text, IsPipeline: false, NodeFate.Lost, [text]), new GraphNode(text + text, IsPipeline: true, NodeFate.Arrived, [text])],
                [new GraphEdge(0, 1)]),
            Verification = SampleReport.Lossy.Verification! with { Lost = [item], Changed = [item], Added = [item], FsckErrors = [text], NotCompared = [text] },
            AfterWork = new AfterWorkReport
            {
                Time = SampleReport.Noon,
                Planned = text,
                Outputs = [new OutputVerdict { Pipeline = text, Branch = text, Outcome = OutputOutcome.Lost, Why = text, SourceCommit = text, Lost = [item], Changed = [item], Explained = [item] }],
                Work = [new PipelineWork(text, 1, 0, 0, new DatumCounts(1, 0, 0, 1), null)],
            },
            LeftBehind = SampleReport.Done.LeftBehind! with { NotKept = [text] },
            Pipelines = new PipelinesOverview([text], [text]),
            Paused = [text],
            Hashes = new RunHashes { Plan = text, PlanFile = text, Archive = new ArchiveHash(text, text, 1), Plugins = [new PluginHash(text, text, text)] },
        };
    }
}
