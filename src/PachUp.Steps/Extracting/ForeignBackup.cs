using System.Globalization;
using PachUp.Common.Files;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;

namespace PachUp.Steps.Extracting;

/// <summary>The refusal to write a backup where a file of somebody else is. It says whose it is, as far as its manifest tells.</summary>
internal static class ForeignBackup
{
    private const string Remedy =
        "It may be the only copy. Move it and the files beside it to another place, and resume the run. Or make a new plan with another archive, "
        + "for example with --set archive=PATH.";

    /// <summary>The refusal because of a file that exists.</summary>
    /// <param name="file">The file: the archive or one beside it.</param>
    /// <param name="archive">The archive.</param>
    public static async Task<StepFailedException> FoundAsync(string file, string archive)
    {
        var kind = PrivateFile.IsLink(file) ? "a link" : "a file";
        return StepFailedException.Refused($"{kind} \"{file}\" exists already, and this run did not write it{await OwnerAsync(archive)}", Remedy);
    }

    /// <summary>Refuses if another run has begun to write a backup with the same name.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="run">The id of this run.</param>
    public static void ThrowIfBegun(string archive, string run)
    {
        var own = PrivateFile.PartialName(archive, run);
        if (PrivateFile.PartialsOf(archive).FirstOrDefault(file => file != own) is { } partial)
        {
            throw StepFailedException.Refused(
                $"another run is writing \"{archive}\", or was killed while it did: its file \"{partial}\" is there",
                "Wait until that run has ended, or resume it. If neither is possible, delete the file. Or make a new plan with another archive, "
                + "for example with --set archive=PATH.");
        }
    }

    /// <summary>Whose backup it is according to the manifest; empty if the manifest does not tell.</summary>
    private static async Task<string> OwnerAsync(string archive)
    {
        try
        {
            return await ArchiveManifest.ReadBesideAsync(archive) is { } manifest ? $". {Describe(manifest)}" : "";
        }
        catch (Exception e) when (e is ArchiveCorruptException or IOException or UnauthorizedAccessException)
        {
            // The manifest is not one. The file is refused in any case.
            return "";
        }
    }

    private static string Describe(ArchiveManifest manifest)
    {
        var run = manifest.Run is { } id ? $"run {id}" : "no run of PachUp that is known";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Its manifest names {run}, the cluster {manifest.Source.ClusterId} ({manifest.Source.Release} at {manifest.Source.Address}), "
            + $"and {manifest.Source.ExtractedAt:yyyy-MM-dd HH:mm} UTC");
    }
}
