using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Common.Text;
using PachUp.Engine.Plugins.Installing;
using PachUp.Packages;

namespace PachUp.Commands.Plugins;

/// <summary>The id of a plugin's package on the command line.</summary>
internal static class PluginId
{
    /// <summary>The id that was given.</summary>
    /// <exception cref="UsageException">No id was given, or it is not a valid id.</exception>
    public static string Of(CommandArgument argument, string remedy)
    {
        var id = argument.Required(remedy);
        return PluginPackages.IsId(id)
            ? id
            : throw new UsageException($"\"{id}\" cannot be the id of a package", "Ids have letters, digits, dots, dashes and underscores, such as Acme.Freeze.");
    }

    /// <summary>The plugin of an id.</summary>
    /// <exception cref="UsageException">It was not installed from a package.</exception>
    public static InstalledPlugin FindIn(PluginStore store, string id) => store.Lock.Find(id) ?? throw new UsageException(
        $"no plugin \"{id}\" was installed from a package into {store.Folder}",
        NearestName.Of(id, store.Lock.Plugins.Select(plugin => plugin.Id)) is { } nearest
            ? $"Did you mean \"{nearest}\"?"
            : "\"pachup plugin list\" shows the installed ones. A folder that you copied there, you remove yourself.");
}
