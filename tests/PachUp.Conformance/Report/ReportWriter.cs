using PachUp.Conformance.Transcripts;

namespace PachUp.Conformance.Report;

/// <summary>Prints the result of a replay.</summary>
/// <param name="output">Where to print.</param>
/// <param name="verbose">Whether to print all differences and the whole messages, and not only the first difference of a call.</param>
public sealed class ReportWriter(TextWriter output, bool verbose)
{
    /// <summary>Prints the result of one recording: the counts, then a line for each call that is not equal.</summary>
    public void Write(TranscriptReport report)
    {
        var counts = $"{report.Replayed} replayed, {report.Equal} equal, {report.NotEqual} not equal, {report.NotCovered} not covered";
        output.WriteLine($"{report.Scenario.Name}: {counts}");
        foreach (var outcome in report.Outcomes.Where(outcome => !outcome.IsEqual))
        {
            Write(outcome);
        }
    }

    /// <summary>Prints the last line: how many calls are equal in all.</summary>
    public void WriteTotal(int equal, int calls) => output.WriteLine($"{equal} of {calls} calls equal");

    private void Write(CallOutcome outcome)
    {
        var call = $"  {outcome.Call.Sequence} {outcome.Call.Method}";
        if (outcome.Reason is { } reason)
        {
            output.WriteLine($"{call}: not covered, {reason}");
            return;
        }

        foreach (var difference in verbose ? outcome.Differences : [outcome.Differences[0]])
        {
            output.WriteLine($"{call}: {difference}");
        }

        if (verbose)
        {
            WriteMessages("expected", outcome.Call, outcome.Expected);
            WriteMessages("got", outcome.Call, outcome.Got);
        }
    }

    private void WriteMessages(string title, RecordedCall call, IReadOnlyList<string> messages)
    {
        for (var index = 0; index < messages.Count; index++)
        {
            output.WriteLine($"  {call.Sequence} {title}[{index}] {messages[index]}");
        }
    }
}
