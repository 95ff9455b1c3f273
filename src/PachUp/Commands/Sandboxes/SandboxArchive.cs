using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Commands.Archives;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Sandbox;

namespace PachUp.Commands.Sandboxes;

/// <summary>The archive that a sandbox is to be filled with. The server takes a broken-off or newer one without a word, so it is read before.</summary>
internal static class SandboxArchive
{
    /// <exception cref="ArchiveCorruptException">Something is wrong with it.</exception>
    /// <exception cref="UsageException">There is none, or the release restores nothing of it.</exception>
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
