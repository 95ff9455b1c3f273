using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PachUp.Common.Text;
using PachUp.Verification.Records;

namespace PachUp.Verification.AfterWork;

/// <summary>The result of the comparison after work as table rows, for the screen and for the run's report.</summary>
public static class AfterWorkTable
{
    /// <summary>The columns of <see cref="OutputsOf"/>.</summary>
    public static ImmutableArray<string> OutputHeading { get; } = ["Output", "Outcome", "Files", "Equal", "Lost", "Different", "Why"];

    /// <summary>The columns of <see cref="WorkOf"/>.</summary>
    public static ImmutableArray<string> WorkHeading { get; } =
        ["Pipeline", "Jobs", "Failed", "Not ended", "Datums processed", "Skipped", "Failed datums", "On the source"];

    /// <summary>A row for each output head.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> OutputsOf(AfterWorkReport report) =>
    [
        .. report.Outputs.Select(output => new[]
        {
            output.ToString(),
            NameOf(output.Outcome),
            Number(output.Files),
            Number(output.Equal),
            Number(output.Lost.Length),
            Number(output.Changed.Length),
            WhyOf(output),
        }),
    ];

    /// <summary>A row for each pipeline that has jobs.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> WorkOf(AfterWorkReport report) =>
    [
        .. report.Work.Select(work => new[]
        {
            work.Pipeline,
            Number(work.Jobs),
            Number(work.Failed),
            Number(work.Unfinished),
            Number(work.Datums.Processed),
            Number(work.Datums.Skipped),
            Number(work.Datums.Failed),
            Describe(work.OnSource),
        }),
    ];

    /// <summary>An outcome in words: <c>not proved</c>.</summary>
    public static string NameOf(OutputOutcome outcome) => JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString()).Replace('-', ' ');

    /// <summary>The reason for an outcome; empty if it needs none.</summary>
    public static string WhyOf(OutputVerdict output) => output.Why.Length > 0 ? output.Why
        : string.Join("; ", output.Explained.GroupBy(item => item.Detail).Select(group => $"{Words.Count(group.Count(), "file")}: {group.Key}"));

    private static string Describe(DatumCounts? datums) => datums is null ? "not kept"
        : $"{Number(datums.Processed)} processed, {Number(datums.Skipped)} skipped, {Number(datums.Failed)} failed";

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
