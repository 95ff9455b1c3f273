using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli.Terminals;
using PachUp.Packages;

namespace PachUp.Cli.Options;

/// <summary><c>--feed</c>: where packages come from.</summary>
internal sealed class FeedOption
{
    private readonly RenamedOption _feeds;

    public FeedOption(CommandLineApplication command) => _feeds = new RenamedOption(
        command,
        command.Values(
            "--feed <FEED>",
            "A NuGet feed, a folder with .nupkg files, or the name of a source in NuGet.config. May be repeated. Default: the sources in NuGet.config."),
        "--source");

    /// <summary>Reads where packages come from.</summary>
    /// <param name="terminal">Receives a warning if the old name was used.</param>
    public PluginPackages Open(Terminal terminal) => PluginPackages.Open(Directory.GetCurrentDirectory(), _feeds.ReadAll(terminal));
}
