using System.Collections.Immutable;
using System.Globalization;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Commands.Plugins.Trust;

/// <summary>Shows the trusted plugins.</summary>
internal static class TrustView
{
    public static void Write(Page page, string path, ImmutableArray<TrustedPlugin> plugins)
    {
        if (plugins.IsEmpty)
        {
            page.Line($"No plugin is trusted in {path}. Plugins that ship with PachUp are always trusted.");
        }

        foreach (var plugin in plugins)
        {
            page.Heading(plugin.Name);
            page.Fields(1, ("SHA-256", plugin.Sha256), ("Since", plugin.Since.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)));
        }
    }

    public static void WriteAdded(Page page, TrustedPlugin plugin)
    {
        page.Line($"Trusted {plugin.Name} with its current files. It is loaded from the next command on.");
        page.Fields(1, ("SHA-256", plugin.Sha256));
    }

    public static void WriteRemoved(Page page, ImmutableArray<TrustedPlugin> plugins)
    {
        foreach (var plugin in plugins)
        {
            page.Line($"No longer trusted: {plugin.Name} {plugin.Sha256}");
        }
    }
}

/// <summary>The answer of the <c>plugin trust</c> commands.</summary>
/// <param name="Path">The file with the list.</param>
/// <param name="Plugins">The plugins: all, or those that were added or removed.</param>
internal sealed record TrustDocument(string Path, ImmutableArray<TrustedPlugin> Plugins);
