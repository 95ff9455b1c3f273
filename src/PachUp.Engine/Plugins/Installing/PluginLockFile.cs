using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Engine.Plugins.Installing;

/// <summary>
/// The lock file <c>plugins.lock.json</c> lists the plugins that were installed into a folder. New versions only add names to the format. A change
/// that older versions of PachUp cannot read increases <c>schemaVersion</c>.
/// </summary>
public sealed record PluginLockFile
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "plugins.lock.json";

    private const int CurrentSchema = 1;

    /// <summary>The version of the format.</summary>
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>The plugins, by id.</summary>
    public ImmutableArray<InstalledPlugin> Plugins { get; init; } = [];

    /// <summary>Reads the lock file of a folder. Without a file, the list is empty.</summary>
    /// <exception cref="PluginException">The file is damaged, or was written by a later PachUp.</exception>
    public static PluginLockFile Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var file = JsonFile.TryRead<PluginLockFile>(path) ?? new PluginLockFile();
            return file.SchemaVersion <= CurrentSchema
                ? file
                : throw new PluginException(
                    $"\"{path}\" was written by a later PachUp (schema {file.SchemaVersion}; this one reads {CurrentSchema}).",
                    "Update PachUp with `dotnet tool update --global PachUp`.");
        }
        catch (FormatException e)
        {
            throw new PluginException($"{e.Message.TrimEnd('.')}.", "Remove that file and install the plugins again.", e);
        }
    }

    /// <summary>The plugin with an id, which may differ in case; null if it is not installed.</summary>
    public InstalledPlugin? Find(string id) => Plugins.FirstOrDefault(plugin => Is(plugin, id));

    internal PluginLockFile With(InstalledPlugin plugin) => this with
    {
        Plugins = [.. Plugins.Where(other => !Is(other, plugin.Id)).Append(plugin).OrderBy(other => other.Id, StringComparer.OrdinalIgnoreCase)],
    };

    internal PluginLockFile Without(string id) => this with { Plugins = [.. Plugins.Where(plugin => !Is(plugin, id))] };

    internal void Write(string folder) => JsonFile.Write(Path.Combine(folder, FileName), this);

    /// <summary>Deletes what a killed process had written of a new lock file. Only the process that has the folder open may call this.</summary>
    internal static void DeletePartials(string folder)
    {
        foreach (var partial in PrivateFile.PartialsOf(Path.Combine(folder, FileName)))
        {
            PrivateFile.Delete(partial);
        }
    }

    private static bool Is(InstalledPlugin plugin, string id) => string.Equals(plugin.Id, id, StringComparison.OrdinalIgnoreCase);
}
