using System.Runtime.Versioning;
using Mono.Unix;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>
/// Sees to it that nobody else can change code before it is loaded. On Windows, where a user's folders are that user's alone, nothing is
/// looked at.
/// </summary>
internal static class FolderGuard
{
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Refuses a plugin's folder that somebody other than its user and root can change: it, the folders above it, or a file in it.</summary>
    /// <exception cref="PluginException">Somebody else can; the remedy is a command.</exception>
    public static void ThrowIfOthersCanWrite(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var real = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder;
        foreach (var parent in ParentsOf(real))
        {
            ThrowIfOthersCanRename(parent);
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(real, "*", SearchOption.AllDirectories).Prepend(real))
        {
            ThrowIfEntryIsWritableByOthers(entry);
        }
    }

    /// <summary>
    /// Refuses what ships with the tool where anybody at all can change it. Its owner and group are those of the tool: who can change the one
    /// can change the other.
    /// </summary>
    /// <exception cref="PluginException">Anybody can; the remedy is a command.</exception>
    public static void ThrowIfAnybodyCanWrite(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder))
        {
            if (File.GetUnixFileMode(entry).HasFlag(UnixFileMode.OtherWrite))
            {
                throw new PluginException($"Anybody can change \"{entry}\".", $"Type \"chmod -R o-w '{folder}'\", if nobody has.");
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void ThrowIfEntryIsWritableByOthers(string entry)
    {
        if (new FileInfo(entry).LinkTarget is not null)
        {
            throw new PluginException($"\"{entry}\" is a link to somewhere else.", "Put the file itself in its place.");
        }

        ThrowIfOfSomebodyElse(entry);
        if ((File.GetUnixFileMode(entry) & WritableByOthers) != 0)
        {
            throw new PluginException($"Others than you can change \"{entry}\".", $"Type \"chmod -R go-w '{entry}'\", if nobody has.");
        }
    }

    /// <summary>In a folder with the sticky bit, such as <c>/tmp</c>, everybody can write and nobody can rename what is another's.</summary>
    [UnsupportedOSPlatform("windows")]
    private static void ThrowIfOthersCanRename(string parent)
    {
        ThrowIfOfSomebodyElse(parent);
        var mode = File.GetUnixFileMode(parent);
        if ((mode & WritableByOthers) != 0 && !mode.HasFlag(UnixFileMode.StickyBit))
        {
            throw new PluginException(
                $"Others than you can put another folder in its place, because they can change \"{parent}\".",
                $"Type \"chmod go-w '{parent}'\", if nobody has.");
        }
    }

    /// <summary>.NET says who may write to a file, and not whose it is: that is what Mono.Unix is for.</summary>
    private static void ThrowIfOfSomebodyElse(string entry)
    {
        var owner = UnixFileSystemInfo.GetFileSystemEntry(entry).OwnerUserId;
        if (owner != 0 && owner != UnixEnvironment.EffectiveUserId)
        {
            throw new PluginException(
                $"\"{entry}\" belongs to somebody else (user {owner}), who can change it at any time.",
                "Copy the plugin to a folder of your own.");
        }
    }

    private static IEnumerable<string> ParentsOf(string folder)
    {
        for (var parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            yield return new DirectoryInfo(parent).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? parent;
        }
    }
}
