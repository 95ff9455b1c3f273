using PachUp.Pachyderm;

namespace PachUp.Engine.Releases;

/// <summary>Improvements of point releases that matter to a migration, as clauses after "because".</summary>
internal static class ReasonsToUpgrade
{
    private static readonly (Release Since, string Reason)[] Known =
    [
        (new(1, 8, 1), "1.8.0 writes the extract format of 1.7"),
        (new(1, 8, 8), "releases before 1.8.8 extract pipelines without their salts (pachyderm/pachyderm#4077)"),
        (new(1, 9, 5), "releases before 1.9.5 drop the salts of pipelines in a restore by pachctl"),
        (new(1, 9, 6), "releases before 1.9.6 extract neither repos with provenance nor many pipeline fields"),
    ];

    /// <summary>The reasons to upgrade from one release to a later release of the same line.</summary>
    public static string Between(Release from, Release to)
    {
        var reasons = Known.Where(known => known.Since.Line == to.Line && from < known.Since && known.Since <= to).Select(known => known.Reason);
        return string.Join(", and ", reasons.DefaultIfEmpty($"{to} has the fixes of all {to.Line} releases after {from}"));
    }
}
