using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;

namespace PachUp.Engine.Runs.Records;

/// <summary>
/// Registers in a folder of plugins that a run uses some of them, so that they are not changed. The file stays until the run is done or rolled back,
/// because the run may be resumed. The process that works on the run holds the file open.
/// </summary>
public sealed class PluginUse : IDisposable
{
    private readonly List<FileStream> _held = [];
    private readonly RunDirectory _run;

    private PluginUse(RunDirectory run) => _run = run;

    /// <summary>Registers the plugins of a run. Only plugins that were installed from packages need it.</summary>
    /// <exception cref="PluginException">A plugin was changed after it was loaded.</exception>
    internal static PluginUse Begin(RunDirectory run, IEnumerable<LoadedPlugin> plugins)
    {
        var use = new PluginUse(run);
        try
        {
            foreach (var folder in plugins.Where(plugin => plugin.Package is not null).GroupBy(FolderOf))
            {
                use.Hold(folder.Key, [.. folder]);
            }

            return use;
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    /// <summary>Finds runs by these files. It removes the files of runs that are done or no longer exist.</summary>
    public static IPluginUsers Users { get; } = new UsersOnDisk();

    private static PluginUser? FindUserOf(string id, string folder)
    {
        var uses = PlaceIn(folder);
        return Directory.Exists(uses)
            ? Directory.EnumerateFiles(uses, "*.json").Select(UserIn).FirstOrDefault(user => user?.Plugins.Contains(id, StringComparer.OrdinalIgnoreCase) == true)
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var isOver = !IsUnfinished(_run.Path);
        foreach (var file in _held)
        {
            if (isOver)
            {
                TryRemove.File(file.Name);
            }

            file.Dispose();
        }
    }

    private static string FolderOf(LoadedPlugin plugin) => Path.GetDirectoryName(Path.GetDirectoryName(plugin.Path)!)!;

    private static string PlaceIn(string folder) => Path.Combine(folder, PluginStore.WorkFolder, PluginStore.UsersFolder);

    private void Hold(string folder, ImmutableArray<LoadedPlugin> plugins)
    {
        var path = Path.Combine(PlaceIn(folder), _run.Id + ".json");
        PrivateDirectory.Create(PlaceIn(folder));
        JsonFile.Write(path, new PluginUser(_run.Id, _run.Path, [.. plugins.Select(plugin => plugin.Name)]));
        _held.Add(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
        if (plugins.FirstOrDefault(HasChanged) is { } changed)
        {
            throw new PluginException($"The plugin {changed.Name} was changed after it was loaded.", "Run the command again.");
        }
    }

    private static bool HasChanged(LoadedPlugin plugin) => PluginFiles.Read(Path.GetDirectoryName(plugin.Path)!).Sha256 != plugin.Files.Sha256;

    private static PluginUser? UserIn(string path)
    {
        var user = TryRead(path);
        if (user is not null && IsHeld(path))
        {
            return user with { IsRunning = true };
        }

        if (user is not null && IsUnfinished(user.RunDirectory))
        {
            return user;
        }

        PrivateFile.Delete(path);
        return null;
    }

    /// <summary>Reads a file. An unreadable file was left by a crash of the machine; the directory of the run also records the plugins.</summary>
    private static PluginUser? TryRead(string path)
    {
        try
        {
            return JsonFile.TryRead<PluginUser>(path);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Whether a run was started and is neither done nor rolled back. A run with a damaged journal counts as finished.</summary>
    private static bool IsUnfinished(string runDirectory)
    {
        try
        {
            var state = RunState.Of(Journal.Read(Path.Combine(runDirectory, RunFiles.Journal)));
            return state is { HasStarted: true, IsDone: false, IsRolledBack: false };
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            return false;
        }
    }

    private sealed class UsersOnDisk : IPluginUsers
    {
        public PluginUser? FindUserOf(string id, string folder) => PluginUse.FindUserOf(id, folder);
    }
}
