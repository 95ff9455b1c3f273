using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;

namespace PachUp.Engine.Releases;

/// <summary>Guesses from the content of an archive which release wrote it.</summary>
internal static class ArchiveRelease
{
    /// <summary>The latest release of the line that writes archives of this format.</summary>
    public static Release Guess(ClusterInventory archive, ReleaseCatalogue releases)
    {
        var hasOutputs = archive.Repos.Any(repo => repo.Branches.Any(branch => !branch.Provenance.IsEmpty));
        var hasSalts = archive.Pipelines.Any(pipeline => pipeline.Info.Salt.Length > 0);
        var candidates = releases.Releases.Select(known => known.Release).Where(release => release.Line == archive.Release.Line).Reverse();
        return archive.Pipelines.IsEmpty
            ? archive.Release
            : candidates.Select(ReleaseTraits.Of)
                .FirstOrDefault(traits => traits.ExtractsOutputs == hasOutputs && traits.ExtractsSalts == hasSalts)?.Release ?? archive.Release;
    }
}
