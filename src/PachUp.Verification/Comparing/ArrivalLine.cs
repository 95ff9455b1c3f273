using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Comparing;

/// <summary>The line that tells what arrived: <c>repos 6 of 6, branches 9 of 9, ...</c>.</summary>
public static class ArrivalLine
{
    private static readonly ItemKind[] Order =
        [ItemKind.Repo, ItemKind.Branch, ItemKind.Commit, ItemKind.Pipeline, ItemKind.Object, ItemKind.Tag, ItemKind.File];

    /// <summary>The line for a report; without the kinds that were not counted.</summary>
    public static string Of(VerificationReport report) => string.Join(", ", Order
        .Select(kind => report.Counts.FirstOrDefault(count => count.Kind == kind))
        .OfType<KindCount>()
        .Select(count => $"{Plural(count.Kind)} {count.Kept} of {count.Expected}{AtResume(count.Kind, report)}"));

    /// <summary>The result of a report in a few words. Output is not counted before the target's workers have run.</summary>
    public static string SummaryOf(VerificationReport report) => report switch
    {
        { FoundLoss: true } => "Something is lost",
        { OutputsToProve: > 0 } => $"Everything that can be compared before work has arrived; the output of {Words.Count(report.OutputsToProve, "pipeline")} is not yet proved",
        _ => "Nothing is lost",
    };

    private static string AtResume(ItemKind kind, VerificationReport report) => kind == ItemKind.Pipeline && report.PipelinesAtResume > 0
        ? $" (and {report.PipelinesAtResume} with a cron input at the resume)"
        : "";

    private static string Plural(ItemKind kind) => kind == ItemKind.File ? "files read" : Words.Plural(kind.ToString().ToLowerInvariant());
}
