using System.Globalization;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;

namespace PachUp.Commands.Archives;

/// <summary>Shows the content of an archive.</summary>
internal static class ArchiveView
{
    public static void Write(Page page, ArchiveReport report)
    {
        var summary = report.Summary;
        page.Heading(report.Path);
        page.Fields(1,
            ("Size", Words.Bytes(report.Bytes)),
            ("SHA-256", report.Sha256),
            ("Generation", GenerationOf(summary.Generation)),
            ("Operations", Number(summary.Operations)),
            ("Objects", $"{Number(summary.Objects)} with {Words.Bytes(summary.ObjectBytes)}"),
            ("Tags", Number(summary.Tags)),
            ("Repos", Number(summary.Repos)),
            ("Commits", CommitsOf(summary)),
            ("Branches", Number(summary.Branches)),
            ("Pipelines", Number(summary.Pipelines)),
            ("Manifest", report.Manifest is { } manifest ? ManifestOf(manifest) : "none beside it"));
    }

    public static void WriteVerdict(Page page, ArchiveReport report)
    {
        var manifest = report.Manifest is null
            ? "There is no manifest beside it, so PachUp cannot check that it is the file that was extracted."
            : "It matches its manifest.";
        var operations = Words.Count(report.Summary.Operations, "operation");
        page.Line(Look.Good("Intact: ") + $"all {operations} of \"{report.Path}\" were read. {manifest}");
    }

    private static string CommitsOf(ArchiveSummary summary) =>
        $"{Number(summary.Commits)}, {Number(summary.CommitsWithoutTree)} of them without a tree (open, or finished in several trees)";

    private static string ManifestOf(ArchiveManifest manifest)
    {
        var source = manifest.Source;
        var origin = source.ConvertedFrom is { } release ? $"{release}, converted for {source.Release}," : $"{source.Release}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"extracted from pachd {origin} at {source.Address} (cluster {source.ClusterId}) "
            + $"on {source.ExtractedAt:yyyy-MM-dd HH:mm} UTC");
    }

    private static string GenerationOf(OperationGeneration generation) =>
        generation == OperationGeneration.None ? "none: it has no operations" : generation.ToLineText();

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
