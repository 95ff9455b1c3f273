using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Pachyderm.Archives;
using PachUp.Verification;

namespace PachUp.Commands.Archives;

/// <summary>The archive argument of a command. The archive is read from beginning to end.</summary>
internal sealed class ArchiveArgument
{
    private readonly CommandArgument _file;
    private readonly string _usage;

    public ArchiveArgument(CommandLineApplication command, string usage)
    {
        _file = command.Argument("FILE", "The archive, as \"pachctl extract\" or PachUp wrote it.");
        _usage = usage;
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="ArchiveCorruptException">The archive is damaged.</exception>
    /// <exception cref="UsageException">There is none.</exception>
    public Task<ArchiveReport> ReadAsync(Terminal terminal, CancellationToken cancellationToken) =>
        ReadAsync(_file.Required($"Name the archive: {_usage}."), terminal, cancellationToken);

    /// <summary>Reads an archive by its path.</summary>
    /// <exception cref="ArchiveCorruptException">The archive is damaged.</exception>
    /// <exception cref="UsageException">There is none.</exception>
    public static async Task<ArchiveReport> ReadAsync(string path, Terminal terminal, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"there is no archive \"{path}\"", "Check the path.");
        }

        var report = await WorkDisplay.ShowAsync(
            terminal, progress => ArchiveInspection.VerifyAsync(path, progress.OfFile("reading the archive", path), cancellationToken));
        return report is { Summary.Operations: 0, Manifest: null } ? throw Empty(path) : report;
    }

    private static ArchiveCorruptException Empty(string path) => new(
        $"The archive \"{path}\" is empty. The extract of an empty cluster is empty, and so is an extract that failed. "
        + "Check that the cluster was empty, or extract it again.");
}
