using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Commands.Archives;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Sandbox;

namespace PachUp.Commands.Sandboxes;

/// <summary>The archive for a sandbox. The server accepts an incomplete archive, or one of a later release, without an error. So the archive is checked first.</summary>
internal static class SandboxArchive
{
    /// <exception cref="ArchiveCorruptException">The archive is damaged.</exception>
    /// <exception cref="UsageException">There is no archive, or the release cannot restore it.</exception>
    public static async Task CheckAsync(string path, Release release, Terminal terminal, CancellationToken cancellationToken)
    {
        var generation = (await ArchiveArgument.ReadAsync(path, terminal, cancellationToken)).Summary.Generation;
        if (!Takes(release, generation))
        {
            throw new UsageException(
                $"the archive \"{path}\" has the format of {generation.ToLineText()}, and pachd {release} cannot restore it",
                $"Choose a later --release: {string.Join(", ", SandboxReleases.All.Where(other => Takes(other, generation)))}.");
        }
    }

    private static bool Takes(Release release, OperationGeneration generation) => generation <= ReleaseTraits.Of(release).Generation;
}
