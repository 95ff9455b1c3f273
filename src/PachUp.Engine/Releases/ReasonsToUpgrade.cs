using PachUp.Pachyderm;

namespace PachUp.Engine.Releases;

/// <summary>What point releases brought that matters to a migration, as sentences that follow "because".</summary>
internal static class ReasonsToUpgrade
{
    private static readonly (Release Since, string Reason)[] Known =
    [
        (new(1, 8, 1), "1.8.0 speaks the extract format of 1.7"),
        (new(1, 8, 8), "extract leaves out the salts of pipelines before 1.8.8 (pachyderm/pachyderm#4077)"),
        (new(1, 9, 5), "a restore into releases before 1.9.5 by pachctl drops the salts of pipelines"),
        (new(1, 9, 6), "extract leaves out repos that have provenance, and many pipeline fields, before 1.9.6"),
    ];

    /// <summary>Why to go from one release to a later one of the same line.</summary>
    public static string ToGo(Release from, Release to)
    {
        var reasons = Known.Where(known => known.Since.Line == to.Line && from < known.Since && known.Since <= to).Select(known => known.Reason);
        return string.Join(", and ", reasons.DefaultIfEmpty($"{to} has the fixes of all {to.Line} releases after {from}"));
    }
}
