using System.Collections.Immutable;
using PachUp.Cli.Terminals;
using PachUp.Packages;

namespace PachUp.Commands.Plugins.Search;

/// <summary>Plugins that can be installed.</summary>
internal static class SearchView
{
    public static void Write(Page page, ImmutableArray<FoundPlugin> found)
    {
        if (found.IsEmpty)
        {
            page.Line("No such plugin was found.");
        }

        foreach (var plugin in found)
        {
            page.Heading($"{plugin.Id} {plugin.Version}");
            page.Fields(1, ("About", plugin.Description), ("Authors", plugin.Authors), ("Source", plugin.Source));
        }
    }
}

/// <summary>The answer of <c>plugin search</c>.</summary>
/// <param name="Plugins">The result.</param>
internal sealed record SearchDocument(ImmutableArray<FoundPlugin> Plugins);
