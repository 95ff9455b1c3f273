using System.Collections.Immutable;
using PachUp.Common.Files;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>
/// The plugins that the user trusts, by the hash of their files. If one byte of a plugin changes, it is no longer trusted. Plugins that ship with
/// the tool need no entry.
/// </summary>
/// <param name="path">The path of the file. The file may be missing.</param>
public sealed class PluginTrust(string path)
{
    /// <summary>The environment variable that replaces <c>~/.pachup/trusted-plugins.json</c>.</summary>
    public const string Variable = "PACHUP_TRUSTED_PLUGINS";

    /// <summary>The path of the file.</summary>
    public string Path => path;

    /// <summary>The list of a user.</summary>
    /// <param name="homeDirectory">The home directory of the user.</param>
    /// <param name="environment">Reads an environment variable; null if it is not set.</param>
    public static PluginTrust Of(string homeDirectory, Func<string, string?> environment) => new(
        environment(Variable) is { Length: > 0 } named ? named : System.IO.Path.Combine(homeDirectory, ".pachup", "trusted-plugins.json"));

    /// <summary>All trusted plugins, by name.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ImmutableArray<TrustedPlugin> List() =>
    [
        .. (JsonFile.TryRead<List<TrustedPlugin>>(path) ?? []).OrderBy(plugin => plugin.Name, StringComparer.Ordinal).ThenBy(plugin => plugin.Since),
    ];

    /// <summary>Whether the files belong to a trusted plugin.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public bool Accepts(PluginFiles files) => List().Any(plugin => plugin.Sha256 == files.Sha256);

    /// <summary>Creates the entry for a plugin that the user wants to trust. None of its code runs.</summary>
    /// <param name="folder">The folder of the plugin.</param>
    /// <param name="time">The clock for the time of the entry.</param>
    /// <exception cref="PluginException">The folder is not the folder of a plugin, or other users can change it.</exception>
    public static TrustedPlugin Examine(string folder, TimeProvider time)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        var name = System.IO.Path.GetFileName(full);
        if (!File.Exists(System.IO.Path.Combine(full, name + ".dll")))
        {
            throw new PluginException($"\"{full}\" is not the folder of a plugin: it has no \"{name}.dll\".", "Give the folder of one plugin.");
        }

        FolderPermissions.ThrowIfOthersCanWrite(full);
        return new TrustedPlugin(name, PluginFiles.Read(full).Sha256, time.GetUtcNow());
    }

    /// <summary>Trusts a plugin with its current files. If it is already trusted, its entry is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(TrustedPlugin plugin) => Write([.. List().Where(known => known.Sha256 != plugin.Sha256), plugin]);

    /// <summary>Removes plugins from the list.</summary>
    /// <param name="nameOrHash">A name, or the first digits of a hash.</param>
    /// <returns>The removed plugins; empty if no plugin has that name or hash.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public ImmutableArray<TrustedPlugin> Remove(string nameOrHash)
    {
        var (removed, kept) = (List().Where(plugin => plugin.Is(nameOrHash)).ToImmutableArray(), List().Where(plugin => !plugin.Is(nameOrHash)));
        if (removed.Length > 0)
        {
            Write([.. kept]);
        }

        return removed;
    }

    private void Write(IReadOnlyList<TrustedPlugin> plugins)
    {
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder)
        {
            PrivateDirectory.Create(folder);
        }

        JsonFile.Write(path, plugins);
    }
}

/// <summary>A trusted plugin.</summary>
/// <param name="Name">The name of the plugin when it was added.</param>
/// <param name="Sha256">See <see cref="PluginFiles.Sha256"/>.</param>
/// <param name="Since">When it was added.</param>
public sealed record TrustedPlugin(string Name, string Sha256, DateTimeOffset Since)
{
    private const int FewestDigits = 8;

    /// <summary>Whether the plugin has this name or hash.</summary>
    /// <param name="nameOrHash">A name, or at least the first 8 digits of a hash.</param>
    public bool Is(string nameOrHash) =>
        Name == nameOrHash || (nameOrHash.Length >= FewestDigits && Sha256.StartsWith(nameOrHash, StringComparison.OrdinalIgnoreCase));
}
