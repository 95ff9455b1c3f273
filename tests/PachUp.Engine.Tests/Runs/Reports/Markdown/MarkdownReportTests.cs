using System.Collections.Immutable;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Reports;
using PachUp.Engine.Runs.Reports.Markdown;
using PachUp.Pachyderm.Inventories;
using Snapshooter.Xunit;

namespace PachUp.Engine.Tests.Runs.Reports.Markdown;

public class MarkdownReportTests
{
    [Fact]
    public void A_run_that_is_done_is_reported_with_what_was_kept_changed_and_left_out() => Snapshot.Match(MarkdownReport.Write(SampleReport.Done));

    [Fact]
    public void A_loss_comes_item_by_item_and_a_run_that_stopped_says_where() => Snapshot.Match(MarkdownReport.Write(SampleReport.Lossy));

    [Fact]
    public void A_run_that_stopped_early_is_reported()
    {
        var begun = SampleReport.Done with
        {
            State = new RunState(),
            Verification = null,
            LeftBehind = null,
            Pipelines = null,
            Forecast = null,
            Circumstances = new RunCircumstances(null, null, null),
            Steps = ImmutableArray<StepOverview>.Empty,
        };

        var report = MarkdownReport.Write(begun);

        Assert.StartsWith("# Run 20261125-120000-3f9a: stopped\n", report, StringComparison.Ordinal);
        Assert.DoesNotContain("What arrived", report, StringComparison.Ordinal);
        Assert.Contains("| Started by | not known |", report, StringComparison.Ordinal);
        Assert.Contains("Forecast: not known.", report, StringComparison.Ordinal);
        Assert.Contains("Not known: the run did not compare", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a|b", "a\\|b")]
    [InlineData("<script>", "\\<script>")]
    [InlineData("&lt;b", "\\&lt;b")]
    [InlineData("x\u202Ey", "x\\\\u\\{202E\\}y")]
    [InlineData("two\r\nlines", "two\\\\u\\{000D\\}\\\\u\\{000A\\}lines")]
    public void Names_cannot_be_markup(string name, string written)
    {
        var report = MarkdownReport.Write(SampleReport.Lossy with
        {
            Verification = SampleReport.Lossy.Verification! with { Lost = [new InventoryItem(ItemKind.Repo, name)] },
        });

        Assert.Contains($"- repo {written}\n", report, StringComparison.Ordinal);
    }
}
