using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;

namespace PachUp.Commands.Plugins.Search;

/// <summary><c>pachup plugin search</c>: finds plugins that can be installed.</summary>
internal sealed class PluginSearchCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Finds plugins that can be installed: packages of the type PachUpPlugin.";

    private readonly CommandArgument _term;
    private readonly CommandOption _prereleases;
    private readonly FeedOption _feeds;
    private readonly OutputOption _output;

    public PluginSearchCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup plugin search freeze",
            "pachup plugin search freeze --feed ./packages --output json");
        _term = command.Argument("TERM", "A word in the id, description or tags. Default: all plugins.");
        _prereleases = command.Flag("--prerelease", "Show prereleases too.");
        _feeds = new FeedOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var packages = _feeds.Open(terminal);
        var found = await WorkDisplay.ShowAsync(terminal, _ => packages.SearchAsync(_term.Value ?? "", _prereleases.HasValue(), cancellationToken));
        _output.Show(terminal, () => new SearchDocument(found), page => SearchView.Write(page, found));
        await UpdateNotice.TellAsync(terminal, packages, cancellationToken);
        return ExitCode.Done;
    }
}
