using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;

namespace PachUp.Commands.Archives.Inspect;

/// <summary><c>pachup archive inspect</c>: shows the content of an archive.</summary>
internal sealed class ArchiveInspectCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Shows what is in an archive: how many objects, tags, repos, commits, branches and pipelines, and the generation of its format.";

    private readonly ArchiveArgument _archive;
    private readonly OutputOption _output;

    public ArchiveInspectCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup archive inspect source.pachx",
            "pachup archive inspect source.pachx --output json");
        _archive = new ArchiveArgument(command, "pachup archive inspect FILE");
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var report = await _archive.ReadAsync(terminal, cancellationToken);
        _output.Show(terminal, () => report, page => ArchiveView.Write(page, report));
        return ExitCode.Done;
    }
}
