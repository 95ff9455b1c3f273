using System.Collections.Immutable;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Packages;

namespace PachUp.Commands.Plugins;

/// <summary>Shows a plugin before and after its installation.</summary>
internal static class InstallView
{
    /// <summary>What the user needs to know before installing it.</summary>
    public static void Write(Page page, PreparedPlugin plugin, InstalledPlugin? before)
    {
        var entry = plugin.Entry;
        page.Heading($"{entry.Id} {entry.Version}");
        page.Fields(1,
            ("About", plugin.Description.Text),
            ("Authors", plugin.Description.Authors),
            ("License", plugin.Description.License),
            ("Project", plugin.Description.ProjectUrl),
            ("Source", entry.Source),
            ("Signature", SignatureOf(entry)),
            ("SHA-512", entry.Sha512),
            ("Made for", plugin.Contract.Length == 0 ? "" : $"{HostAssemblies.Contract} {plugin.Contract}"),
            ("Brings", string.Join(", ", entry.Dependencies.Select(package => $"{package.Id} {package.Version}"))),
            ("Plans", string.Join(", ", plugin.Plans)),
            ("Replaces", before is null || before.Version == entry.Version ? "" : before.Version));
        page.Line("None of its code has run yet. Once it is installed, it runs with your permissions.");
        page.Blank();
    }

    public static void WriteInstalled(Page page, InstallDocument document)
    {
        var plugin = document.Plugin!;
        page.Line(Look.Good($"Installed {plugin.Package!.Id} {plugin.Package.Version} in {Path.GetDirectoryName(plugin.Path)}."));
        page.Fields(1, [.. PluginsView.OffersOf(plugin), ("Plans", string.Join(", ", document.Plans))]);
    }

    public static void WriteInstalledAlready(Page page, InstalledPlugin plugin) =>
        page.Line($"{plugin.Id} {plugin.Version} is already installed; \"pachup plugin update {plugin.Id}\" looks for a later version.");

    private static StyledText SignatureOf(InstalledPlugin plugin) =>
        plugin.Signature.Contains("not", StringComparison.Ordinal) ? Look.Warning(plugin.Signature) : plugin.Signature;
}

/// <summary>The answer of <c>plugin install</c>.</summary>
/// <param name="Plugin">The installed plugin and what it offers; null if nothing was installed.</param>
internal sealed record InstallDocument(LoadedPlugin? Plugin)
{
    /// <summary>The version that was replaced; null for none.</summary>
    public string? Replaced { get; init; }

    /// <summary>The file names of its plans.</summary>
    public ImmutableArray<string> Plans { get; init; } = [];

    /// <summary>The plugin that was already installed, if there was nothing to do.</summary>
    public InstalledPlugin? Already { get; init; }
}

/// <summary>The answer of <c>plugin update</c>.</summary>
/// <param name="Updated">The updated plugins.</param>
internal sealed record UpdateDocument(ImmutableArray<InstallDocument> Updated);
