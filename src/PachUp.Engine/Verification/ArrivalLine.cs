using PachUp.Pachyderm.Inventories;

namespace PachUp.Engine.Verification;

/// <summary>The line that says what arrived: <c>6 of 6 repos, 9 of 9 branches, ...</c>.</summary>
public static class ArrivalLine
{
    private static readonly ItemKind[] Order =
        [ItemKind.Repo, ItemKind.Branch, ItemKind.Commit, ItemKind.Pipeline, ItemKind.Object, ItemKind.Tag, ItemKind.File];

    /// <summary>The line for a report; kinds that were not counted are not in it.</summary>
    public static string Of(VerificationReport report) => string.Join(", ", Order
        .Select(kind => report.Counts.FirstOrDefault(count => count.Kind == kind))
        .OfType<KindCount>()
        .Select(count => $"{Plural(count.Kind)} {count.Kept} of {count.Expected}"));

    private static string Plural(ItemKind kind) => kind == ItemKind.File ? "files read" : Words.Plural(kind.ToString().ToLowerInvariant());
}
