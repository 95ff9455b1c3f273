using Mono.Unix;

namespace PachUp.Engine.Plugins;

/// <summary>
/// Sees to it that nobody else can change code before it is loaded. On Windows, where a user's folders are that user's alone, nothing is
/// looked at.
/// </summary>
internal static class FolderGuard
{
    private const FileAccessPermissions WritableByOthers = FileAccessPermissions.GroupWrite | FileAccessPermissions.OtherWrite;

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
            ThrowIfOthersCanWrite(UnixFileSystemInfo.GetFileSystemEntry(entry));
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
            if (UnixFileSystemInfo.GetFileSystemEntry(entry).FileAccessPermissions.HasFlag(FileAccessPermissions.OtherWrite))
            {
                throw new PluginException($"Anybody can change \"{entry}\".", $"Type \"chmod -R o-w '{folder}'\", if nobody has.");
            }
        }
    }

    private static void ThrowIfOthersCanWrite(UnixFileSystemInfo entry)
    {
        if (entry.FileType == FileTypes.SymbolicLink)
        {
            throw new PluginException($"\"{entry.FullName}\" is a link to somewhere else.", "Put the file itself in its place.");
        }

        ThrowIfOfSomebodyElse(entry);
        if ((entry.FileAccessPermissions & WritableByOthers) != 0)
        {
            throw new PluginException($"Others than you can change \"{entry.FullName}\".", $"Type \"chmod -R go-w '{entry.FullName}'\", if nobody has.");
        }
    }

    /// <summary>In a folder with the sticky bit, such as <c>/tmp</c>, everybody can write and nobody can rename what is another's.</summary>
    private static void ThrowIfOthersCanRename(UnixFileSystemInfo parent)
    {
        ThrowIfOfSomebodyElse(parent);
        if ((parent.FileAccessPermissions & WritableByOthers) != 0 && !parent.FileSpecialAttributes.HasFlag(FileSpecialAttributes.Sticky))
        {
            throw new PluginException(
                $"Others than you can put another folder in its place, because they can change \"{parent.FullName}\".",
                $"Type \"chmod go-w '{parent.FullName}'\", if nobody has.");
        }
    }

    private static void ThrowIfOfSomebodyElse(UnixFileSystemInfo entry)
    {
        if (entry.OwnerUserId != 0 && entry.OwnerUserId != UnixEnvironment.EffectiveUserId)
        {
            throw new PluginException(
                $"\"{entry.FullName}\" belongs to somebody else (user {entry.OwnerUserId}), who can change it at any time.",
                "Copy the plugin to a folder of your own.");
        }
    }

    private static IEnumerable<UnixFileSystemInfo> ParentsOf(string folder)
    {
        for (var parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            yield return UnixFileSystemInfo.GetFileSystemEntry(new DirectoryInfo(parent).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? parent);
        }
    }
}
