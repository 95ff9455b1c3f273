using System.Collections.Immutable;
using PachUp.Common.Files;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>
/// The plugins that their user has accepted, by the hashes of their files: a plugin that changes by one byte is another one. What ships with
/// the tool needs no entry.
/// </summary>
/// <param name="path">The file; it need not exist.</param>
public sealed class PluginTrust(string path)
{
    /// <summary>The variable that names another file than <c>~/.pachup/trusted-plugins.json</c>.</summary>
    public const string Variable = "PACHUP_TRUSTED_PLUGINS";

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>The list of a user.</summary>
    /// <param name="homeDirectory">The user's home.</param>
    /// <param name="environment">Looks up an environment variable; null where it is not set.</param>
    public static PluginTrust Of(string homeDirectory, Func<string, string?> environment) => new(
        environment(Variable) is { Length: > 0 } named ? named : System.IO.Path.Combine(homeDirectory, ".pachup", "trusted-plugins.json"));

    /// <summary>All that was accepted, in the order of their names.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ImmutableArray<TrustedPlugin> List() =>
    [
        .. (JsonFile.TryRead<List<TrustedPlugin>>(path) ?? []).OrderBy(plugin => plugin.Name, StringComparer.Ordinal).ThenBy(plugin => plugin.Since),
    ];

    /// <summary>Whether files are those of a plugin that was accepted.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public bool Accepts(PluginFiles files) => List().Any(plugin => plugin.Sha256 == files.Sha256);

    /// <summary>Looks at a plugin that somebody wants to accept. None of its code runs.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="time">Gives the entry its time.</param>
    /// <exception cref="PluginException">It is no plugin's folder, or others can change it.</exception>
    public static TrustedPlugin Examine(string folder, TimeProvider time)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        var name = System.IO.Path.GetFileName(full);
        if (!File.Exists(System.IO.Path.Combine(full, name + ".dll")))
        {
            throw new PluginException($"\"{full}\" is not the folder of a plugin: it has no \"{name}.dll\".", "Name the folder of one plugin.");
        }

        FolderGuard.ThrowIfOthersCanWrite(full);
        return new TrustedPlugin(name, PluginFiles.Read(full).Sha256, time.GetUtcNow());
    }

    /// <summary>Accepts a plugin as its files are now; harmless where it is accepted.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(TrustedPlugin plugin) => Write([.. List().Where(known => known.Sha256 != plugin.Sha256), plugin]);

    /// <summary>Accepts plugins no more.</summary>
    /// <param name="nameOrHash">A name, or the first digits of a hash.</param>
    /// <returns>Those that were removed; empty where none has that name or hash.</returns>
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
            PrivateFile.CreateDirectory(folder);
        }

        JsonFile.Write(path, plugins);
    }
}

/// <summary>A plugin that its user has accepted.</summary>
/// <param name="Name">What it was called then.</param>
/// <param name="Sha256">See <see cref="PluginFiles.Sha256"/>.</param>
/// <param name="Since">When.</param>
public sealed record TrustedPlugin(string Name, string Sha256, DateTimeOffset Since)
{
    private const int FewestDigits = 8;

    /// <summary>Whether people mean it.</summary>
    /// <param name="nameOrHash">Its name, or at least eight first digits of its hash.</param>
    public bool Is(string nameOrHash) =>
        Name == nameOrHash || (nameOrHash.Length >= FewestDigits && Sha256.StartsWith(nameOrHash, StringComparison.OrdinalIgnoreCase));
}
