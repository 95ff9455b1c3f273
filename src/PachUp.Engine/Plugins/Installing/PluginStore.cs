using PachUp.Common.Disks;
using PachUp.Common.Files;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Engine.Plugins.Installing;

/// <summary>
/// Installs and removes plugins in a folder. Only one process at a time can open the folder. A plugin is installed completely or not at all: its
/// files are written into <c>.install</c> and then moved, and the lock file decides which plugins are installed. Opening the folder cleans up after
/// a killed process.
/// </summary>
/// <remarks>
/// The process that changes the folder holds <c>.install/lock</c>. <c>.install/runs</c> lists runs (see <see cref="IPluginUsers"/>).
/// <c>.install/ID.DIGITS</c> is one change: the new files are in <c>new/ID</c>, the replaced files in <c>old/ID</c>.
/// </remarks>
public sealed class PluginStore : IDisposable
{
    internal const string WorkFolder = ".install";

    /// <summary>The folder below <see cref="WorkFolder"/> with a file for each run that uses a plugin.</summary>
    internal const string UsersFolder = "runs";

    private readonly DiskStream _lock;
    private readonly IPluginUsers _users;
    private readonly string _work;

    private PluginStore(string folder, DiskStream held, IPluginUsers users)
    {
        (Folder, _work, _lock, _users) = (folder, Path.Combine(folder, WorkFolder), held, users);
        Lock = PluginLockFile.Read(folder);
    }

    /// <summary>The folder of plugins.</summary>
    public string Folder { get; }

    /// <summary>The installed plugins.</summary>
    public PluginLockFile Lock { get; private set; }

    /// <summary>Opens a folder to change it. Creates it if it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="users">Finds the runs that use its plugins. Plugins in use are not changed.</param>
    /// <exception cref="PluginException">Another process is changing the folder, or its lock file cannot be read.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static PluginStore Open(string folder, IPluginUsers users)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        PrivateDirectory.Create(Path.Combine(full, WorkFolder));
        var held = TakeLock(full);
        try
        {
            var store = new PluginStore(full, held, users);
            store.FinishInterruptedChanges();
            return store;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Creates a temporary folder for the files of a plugin. The installed plugins do not change until <see cref="Commit"/>.</summary>
    /// <exception cref="PluginException">There is a folder with that name that was not installed from a package.</exception>
    public StagedPlugin Stage(string id)
    {
        if (Lock.Find(id) is null && FindIn(Folder, id) is { } stranger)
        {
            throw new PluginException(
                $"The folder \"{stranger}\" already exists, and \"pachup plugin install\" did not create it.",
                "Move the folder to another place, and install the plugin again.");
        }

        return NewStage(id);
    }

    /// <summary>Installs a plugin. It replaces an installed plugin with the same name.</summary>
    /// <param name="staged">The files of the plugin.</param>
    /// <param name="entry">The entry for the lock file.</param>
    /// <exception cref="PluginException">A run uses the installed plugin.</exception>
    public void Commit(StagedPlugin staged, InstalledPlugin entry)
    {
        var before = Lock.Find(staged.Id);
        if (before is not null)
        {
            ThrowIfUsed(before.Id);
        }

        staged.FlushNames();
        CarryOut(new Change(staged.Directory, Folder), Lock.With(entry), change =>
        {
            if (before is not null)
            {
                change.MoveOld(before.Id);
            }

            change.MoveNew(staged.Id);
        });
    }

    /// <summary>Removes a plugin.</summary>
    /// <param name="plugin">A plugin from the lock file.</param>
    /// <exception cref="PluginException">A run uses the plugin.</exception>
    public void Remove(InstalledPlugin plugin)
    {
        ThrowIfUsed(plugin.Id);
        using var staged = NewStage(plugin.Id);
        CarryOut(new Change(staged.Directory, Folder), Lock.Without(plugin.Id), change => change.MoveOld(plugin.Id));
    }

    /// <summary>Whether the files of a plugin are unchanged since it was installed.</summary>
    public bool IsIntact(InstalledPlugin plugin) =>
        FindIn(Folder, plugin.Id) is { } place && PluginFiles.Read(place).Sha256 == plugin.FilesSha256;

    /// <summary>The folder of a plugin, which may not exist yet.</summary>
    public string PlaceOf(string id) => Path.Combine(Folder, id);

    /// <summary>Refuses to change a plugin that an unfinished run uses.</summary>
    /// <exception cref="PluginException">A run uses the plugin. The message names the run.</exception>
    public void ThrowIfUsed(string id)
    {
        if (_users.FindUserOf(id, Folder) is { } user)
        {
            throw user.IsRunning
                ? new PluginException(
                    $"The run {user.Run} in \"{user.RunDirectory}\" is using the plugin {id} now.", "Wait until the run has ended, and try again.")
                : new PluginException(
                    $"The run {user.Run} in \"{user.RunDirectory}\" is not finished and needs the installed version of the plugin {id}.",
                    $"First finish the run with \"pachup apply --resume {user.Run}\" or undo it with \"pachup rollback {user.Run}\".");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static DiskStream TakeLock(string folder)
    {
        var path = Path.Combine(folder, WorkFolder, "lock");
        try
        {
            return PrivateFile.OpenExclusively(path);
        }
        catch (FileInUseException e)
        {
            throw new PluginException($"Another pachup process is changing the plugins in \"{folder}\".", "Wait until it has ended, and try again.", e);
        }
    }

    private void FinishInterruptedChanges()
    {
        PluginLockFile.DeletePartials(Folder);
        foreach (var directory in Directory.EnumerateDirectories(_work).Where(directory => Path.GetFileName(directory) != UsersFolder))
        {
            new Change(directory, Folder).FinishOrUndo(Lock);
        }
    }

    private StagedPlugin NewStage(string id) => new(id, Path.Combine(_work, $"{id}.{Guid.NewGuid():N}"));

    /// <summary>Carries out a change completely, or undoes it.</summary>
    private void CarryOut(Change change, PluginLockFile after, Action<Change> move)
    {
        try
        {
            move(change);
            after.Write(Folder);
        }
        catch
        {
            change.FinishOrUndo(Lock);
            throw;
        }

        Lock = after;
        change.Delete();
    }

    /// <summary>The folder of a plugin. The id may differ in case.</summary>
    private static string? FindIn(string folder, string id) =>
        Directory.EnumerateDirectories(folder).FirstOrDefault(path => string.Equals(Path.GetFileName(path), id, StringComparison.OrdinalIgnoreCase));

    /// <summary>One change of a folder of plugins. It has its own directory.</summary>
    private sealed class Change(string directory, string folder)
    {
        private string Old => Path.Combine(directory, "old");

        private string New => Path.Combine(directory, StagedPlugin.NewFolder);

        public void MoveOld(string id)
        {
            if (!Directory.Exists(Path.Combine(folder, id)))
            {
                return;
            }

            PrivateDirectory.Create(Old);
            PrivateDirectory.Move(Path.Combine(folder, id), Path.Combine(Old, id));
        }

        public void MoveNew(string id) => PrivateDirectory.Move(Path.Combine(New, id), Path.Combine(folder, id));

        /// <summary>Finishes an interrupted change if the lock file already has it. Otherwise undoes it.</summary>
        public void FinishOrUndo(PluginLockFile locked)
        {
            var id = Path.GetFileNameWithoutExtension(directory);
            var place = FindIn(folder, id);
            var isInPlace = place is not null && Directory.Exists(New) && FindIn(New, id) is null;
            if (isInPlace && PluginFiles.Read(place!).Sha256 != locked.Find(id)?.FilesSha256)
            {
                PrivateDirectory.Delete(place!);
            }

            if (locked.Find(id) is not null)
            {
                MoveBack();
            }

            Delete();
        }

        public void Delete() => PrivateDirectory.Delete(directory);

        /// <summary>Moves the replaced files back, unless other files are in their place.</summary>
        private void MoveBack()
        {
            foreach (var old in Directory.Exists(Old) ? Directory.EnumerateDirectories(Old) : [])
            {
                var place = Path.Combine(folder, Path.GetFileName(old));
                if (!Directory.Exists(place))
                {
                    PrivateDirectory.Move(old, place);
                }
            }
        }

    }
}
