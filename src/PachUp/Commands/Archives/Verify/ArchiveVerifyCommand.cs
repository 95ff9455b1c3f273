using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;

namespace PachUp.Commands.Archives.Verify;

/// <summary><c>pachup archive verify</c>: checks a whole archive.</summary>
internal sealed class ArchiveVerifyCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Reads an archive from end to end and checks its framing, checksums, operations and manifest.";

    private readonly ArchiveArgument _archive;
    private readonly OutputOption _output;

    public ArchiveVerifyCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup archive verify source.pachx");
        _archive = new ArchiveArgument(command, "pachup archive verify FILE");
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var report = await _archive.ReadAsync(terminal, cancellationToken);
        _output.Show(terminal, () => report, page => ArchiveView.WriteVerdict(page, report));
        return ExitCode.Done;
    }
}
