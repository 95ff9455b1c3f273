using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary><c>pachup archive inspect</c>: says what an archive holds.</summary>
internal sealed class ArchiveInspectCommand : ICommand
{
    private readonly WholeArchive _archive;
    private readonly OutputOption _output;

    public ArchiveInspectCommand(CommandLineApplication command)
    {
        command.Describe(
            "Says what an archive holds: how many objects, tags, repos, commits, branches and pipelines, and of which generation.",
            "pachup archive inspect source.pachx",
            "pachup archive inspect source.pachx --output json");
        _archive = new WholeArchive(command, "pachup archive inspect FILE");
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
