using McMaster.Extensions.CommandLineUtils;
using PachUp.Packages;

namespace PachUp.Cli.Options;

/// <summary><c>--source</c> of the commands for packages: where they come from.</summary>
internal sealed class SourceOption
{
    private readonly CommandOption _sources;

    public SourceOption(CommandLineApplication command) => _sources = command.Values(
        "--source <FEED>",
        "A NuGet feed, a folder with .nupkg files, or the name of a source in NuGet.config. May be repeated. Default: the sources in NuGet.config.");

    /// <summary>The options as given, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments => _sources.Values.SelectMany(source => new[] { "--source", source });

    /// <summary>Reads where packages come from.</summary>
    public PluginPackages Open() => PluginPackages.Open(Directory.GetCurrentDirectory(), _sources.Values);
}
