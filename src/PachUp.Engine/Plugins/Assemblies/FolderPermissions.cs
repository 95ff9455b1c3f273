using System.Runtime.Versioning;
using Mono.Unix;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>
/// Refuses code that other users can change before it is loaded. On Windows nothing is checked, because other users cannot write to a user's
/// folders.
/// </summary>
internal static class FolderPermissions
{
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Refuses a plugin folder if users other than its owner and root can change it, a folder above it, or a file in it.</summary>
    /// <exception cref="PluginException">Other users can change it. The remedy is a command.</exception>
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
    /// Refuses a folder of the tool if all users can change it. Owner and group are those of the tool, so users who can change the folder can also
    /// change the tool.
    /// </summary>
    /// <exception cref="PluginException">All users can change it. The remedy is a command.</exception>
    public static void ThrowIfAllUsersCanWrite(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder))
        {
            if (File.GetUnixFileMode(entry).HasFlag(UnixFileMode.OtherWrite))
            {
                throw new PluginException($"All users of this machine can change \"{entry}\".", $"Check that the files were not changed, then type \"chmod -R o-w '{folder}'\".");
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void ThrowIfEntryIsWritableByOthers(string entry)
    {
        if (new FileInfo(entry).LinkTarget is not null)
        {
            throw new PluginException($"\"{entry}\" is a symbolic link to another place.", "Replace the link with the file itself.");
        }

        ThrowIfOfAnotherUser(entry);
        if ((File.GetUnixFileMode(entry) & WritableByOthers) != 0)
        {
            throw new PluginException($"Other users can change \"{entry}\".", $"Check that the files were not changed, then type \"chmod -R go-w '{entry}'\".");
        }
    }

    /// <summary>In a folder with the sticky bit, such as <c>/tmp</c>, all users can write, but users can only rename their own files.</summary>
    [UnsupportedOSPlatform("windows")]
    private static void ThrowIfOthersCanRename(string parent)
    {
        ThrowIfOfAnotherUser(parent);
        var mode = File.GetUnixFileMode(parent);
        if ((mode & WritableByOthers) != 0 && !mode.HasFlag(UnixFileMode.StickyBit))
        {
            throw new PluginException(
                $"Other users can replace the folder of the plugin, because they can change \"{parent}\".",
                $"Check that the files were not changed, then type \"chmod go-w '{parent}'\".");
        }
    }

    /// <summary>.NET can read the permissions of a file but not its owner. Mono.Unix reads the owner.</summary>
    private static void ThrowIfOfAnotherUser(string entry)
    {
        var owner = UnixFileSystemInfo.GetFileSystemEntry(entry).OwnerUserId;
        if (owner != 0 && owner != UnixEnvironment.EffectiveUserId)
        {
            throw new PluginException(
                $"\"{entry}\" belongs to another user ({owner}), who can change it.",
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
