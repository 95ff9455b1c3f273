using System.Collections.Immutable;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Conversions;
using PachUp.Engine.Planning;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;
using PachUp.Views;

namespace PachUp.Commands.Archives.Convert;

/// <summary>Shows the result of the conversion of an archive.</summary>
internal static class ConversionView
{
    public static void Write(Page page, ArchiveConversion conversion, ArchiveManifest? manifest, ItemLimit limit)
    {
        var request = conversion.Request;
        page.Line($"From \"{request.Archive}\" ({conversion.Source.Release}) for {request.Target}.");
        FindingsView.Write(page, conversion.Findings, limit);
        ChangesView.Write(page, ChangesView.Ahead, conversion.ExpectedTarget.Changes, limit);
        page.Blank();
        if (manifest is null)
        {
            page.Line(Look.Bad("Nothing was written: ") + "a check refused. Follow its advice, extract again, and convert the new archive.");
            return;
        }

        var operations = Words.Count(manifest.Summary.Operations, "operation");
        page.Line(Look.Good("Written: ") + $"\"{request.Output}\", {operations}, {Words.Bytes(manifest.Bytes)}, with its manifest.");
        page.Line($"Restore it into an empty {request.Target}:");
        page.Line($"pachctl restore < {ShellText.Quote(request.Output)}", level: 1);
    }
}

/// <summary>The answer of <c>archive convert</c>.</summary>
/// <param name="Path">The file that was written; null if a check refused.</param>
/// <param name="Manifest">What is in it; null if a check refused.</param>
/// <param name="IsRefused">Whether a check refused.</param>
/// <param name="Findings">The results of all checks that work with a file.</param>
/// <param name="Changes">Everything that will be different on the target.</param>
internal sealed record ConversionDocument(
    string? Path, ArchiveManifest? Manifest, bool IsRefused, ImmutableArray<Finding> Findings, ImmutableArray<AnnouncedChange> Changes)
{
    public static ConversionDocument Of(ArchiveConversion conversion, ArchiveManifest? manifest) => new(
        manifest is null ? null : conversion.Request.Output, manifest, conversion.IsRefused, conversion.Findings, conversion.ExpectedTarget.Changes);
}
