using System.Collections.Immutable;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plugins;

namespace PachUp.Commands.Plugins;

/// <summary>Shows the plugins and what they offer.</summary>
internal static class PluginsView
{
    public static void Write(Page page, ImmutableArray<LoadedPlugin> plugins)
    {
        if (plugins.IsEmpty)
        {
            page.Line("There are no plugins.");
        }

        foreach (var plugin in plugins)
        {
            page.Heading($"{plugin.Name} {plugin.Version}");
            page.Fields(1,
            [
                ("Path", plugin.Path),
                ("SHA-256", plugin.Files.Sha256),
                ("Package", PackageOf(plugin)),
                .. OffersOf(plugin),
            ]);
        }
    }

    /// <summary>What a plugin offers, by kind.</summary>
    public static IEnumerable<(string Name, StyledText Value)> OffersOf(LoadedPlugin plugin) =>
    [
        ("Routes", string.Join(", ", plugin.Routes)),
        ("Steps", string.Join(", ", plugin.Steps)),
        ("Checks", string.Join(", ", plugin.Checks)),
        ("Platforms", string.Join(", ", plugin.Platforms)),
    ];

    public static void WriteOutdated(Page page, ImmutableArray<OutdatedPlugin> plugins)
    {
        if (plugins.IsEmpty)
        {
            page.Line("All installed plugins are up to date.");
        }

        foreach (var plugin in plugins)
        {
            page.Heading(plugin.Id);
            page.Fields(1, ("Installed", plugin.Version), ("Later", plugin.Later));
        }

        if (!plugins.IsEmpty)
        {
            page.Line("\"pachup plugin update\" installs them.");
        }
    }

    private static string PackageOf(LoadedPlugin plugin) => plugin.Package is { } package
        ? $"{package.Id} {package.Version} from {package.Source}, {package.Signature}; its files are unchanged"
        : "";
}

/// <summary>The answer of <c>plugin list</c>.</summary>
/// <param name="Plugins">The plugins in use.</param>
/// <param name="Problems">The plugins that cannot be used, and why.</param>
internal sealed record PluginsDocument(ImmutableArray<LoadedPlugin> Plugins, ImmutableArray<PluginProblem> Problems);

/// <summary>An installed plugin that has a later version.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">The version that is installed.</param>
/// <param name="Later">The latest version.</param>
internal sealed record OutdatedPlugin(string Id, string Version, string Later);

/// <summary>The answer of <c>plugin list --outdated</c>.</summary>
/// <param name="Plugins">The plugins.</param>
internal sealed record OutdatedDocument(ImmutableArray<OutdatedPlugin> Plugins);
