using PachUp.Cli.Terminals;
using PachUp.Engine.State;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.AfterWork;
using PachUp.Verification.LateWrites;

namespace PachUp.Views;

/// <summary>Shows the comparison of a target's output after its workers ran.</summary>
internal static class AfterWorkView
{
    private const int ColumnsOfOutputs = 6;

    public static void Write(Page page, AfterWorkReport report, ItemLimit limit)
    {
        page.Line(LookOf(report));
        page.Blank();
        page.Table(
            [.. AfterWorkTable.OutputHeading.Take(ColumnsOfOutputs)],
            [.. AfterWorkTable.OutputsOf(report).Select(row => row.Take(ColumnsOfOutputs).Select(cell => (StyledText)cell).ToArray())]);
        WriteReasons(page, report, limit);
        Write(page, "Lost:", report.Outputs.SelectMany(output => output.Lost), limit);
        Write(page, "Different:", report.Outputs.SelectMany(output => output.Changed), limit);
        if (report.Outputs.Any(output => !output.Changed.IsEmpty))
        {
            page.Line("If a pipeline writes different content each time (times, random numbers), accept its output with --accept PIPELINE.");
        }

        WriteWork(page, report);
    }

    /// <summary>Shows that output is not proved yet, and how to prove it. Shows nothing if the output is proved or there is none.</summary>
    /// <param name="page">Receives the text.</param>
    /// <param name="run">The id of the run; null if there is none.</param>
    /// <param name="state">The state of the proof.</param>
    public static void WriteState(Page page, string? run, OutputProofState state)
    {
        if (state == OutputProofState.NotYet)
        {
            page.Line(Look.Warning(Capitalized(OutputProof.NotYet(run))));
        }
        else if (state == OutputProofState.Lost)
        {
            page.Line(Look.Bad("Output was verified after work, and is lost or different."));
        }
        else if (state == OutputProofState.Proved)
        {
            page.Line(Look.Good("Output is proved."));
        }
    }

    private static StyledText LookOf(AfterWorkReport report) => report.Outcome switch
    {
        OutputProofState.Lost => Look.Bad(report.Sentence),
        OutputProofState.NotYet => Look.Warning(report.Sentence),
        _ => Look.Good(report.Sentence),
    };

    private static void WriteReasons(Page page, AfterWorkReport report, ItemLimit limit)
    {
        var reasons = report.Outputs.Where(output => AfterWorkTable.WhyOf(output).Length > 0).Select(output => $"{output}: {AfterWorkTable.WhyOf(output)}").ToList();
        WriteSentences(page, "Why:", reasons, limit);
    }

    private static void Write(Page page, string title, IEnumerable<InventoryItem> items, ItemLimit limit) =>
        WriteSentences(page, title, [.. items.Select(ItemText.Of)], limit);

    private static void WriteSentences(Page page, string title, List<string> sentences, ItemLimit limit)
    {
        if (sentences.Count > 0)
        {
            page.Blank();
            page.Heading(title);
            limit.Write(sentences, sentence => page.Hang("- ", sentence, level: 1));
        }
    }

    private static void WriteWork(Page page, AfterWorkReport report)
    {
        if (!report.Work.IsEmpty)
        {
            page.Blank();
            page.Heading("Jobs and datums of the target:");
            page.Line(report.WorkSentence);
            page.Table(AfterWorkTable.WorkHeading, [.. AfterWorkTable.WorkOf(report).Select(row => row.Select(cell => (StyledText)cell).ToArray())]);
        }
    }

    private static string Capitalized(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
}

/// <summary>The answer of <c>verify --after-work</c>.</summary>
/// <param name="Run">The id of the run.</param>
/// <param name="Path">Its directory.</param>
/// <param name="Sentence">The result in one sentence.</param>
/// <param name="AfterWork">The result.</param>
internal sealed record AfterWorkDocument(string Run, string Path, string Sentence, AfterWorkReport AfterWork)
{
    /// <summary>What was written to the source after the extract; null if it was not looked at.</summary>
    public LateWriteReport? LateWrites { get; init; }

    public static AfterWorkDocument Of(RunDirectory run, AfterWorkReport report) => new(run.Id, run.Path, report.Sentence, report);
}
