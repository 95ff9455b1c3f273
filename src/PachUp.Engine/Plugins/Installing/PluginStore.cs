using PachUp.Common.Files;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Engine.Plugins.Installing;

/// <summary>
/// A folder of plugins while one process changes it. A plugin is complete in its place or not there at all: it is put together in
/// <c>.install</c> beside the others and renamed, and what the lock file says is what counts. Whoever opens the folder next puts away what a
/// killed process left behind.
/// </summary>
/// <remarks>
/// <c>.install/lock</c> is held by the process that changes the folder, <c>.install/runs</c> tells of runs (see <see cref="IPluginUsers"/>), and
/// <c>.install/ID.DIGITS</c> is one change: the new files in <c>new/ID</c>, the replaced ones in <c>old/ID</c>.
/// </remarks>
public sealed class PluginStore : IDisposable
{
    internal const string WorkFolder = ".install";

    /// <summary>The folder below <see cref="WorkFolder"/> with a file for each run that uses a plugin.</summary>
    internal const string UsersFolder = "runs";

    private readonly FileStream _lock;
    private readonly IPluginUsers _users;
    private readonly string _work;

    private PluginStore(string folder, FileStream held, IPluginUsers users)
    {
        (Folder, _work, _lock, _users) = (folder, Path.Combine(folder, WorkFolder), held, users);
        Lock = PluginLockFile.Read(folder);
    }

    /// <summary>The folder of plugins.</summary>
    public string Folder { get; }

    /// <summary>What is installed in it.</summary>
    public PluginLockFile Lock { get; private set; }

    /// <summary>Takes a folder to change it; creates it where it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="users">Knows which runs use its plugins: those are not changed.</param>
    /// <exception cref="PluginException">Another process is changing it, or its lock file cannot be read.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static PluginStore Open(string folder, IPluginUsers users)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        PrivateFile.CreateDirectory(Path.Combine(full, WorkFolder));
        var held = TakeLock(full);
        try
        {
            var store = new PluginStore(full, held, users);
            store.PutAwayLeftovers();
            return store;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Makes room for the files of a plugin that is put together. Nothing is changed until <see cref="Commit"/>.</summary>
    /// <exception cref="PluginException">A folder of that name is there which no package was installed into.</exception>
    public StagedPlugin Stage(string id)
    {
        if (Lock.Find(id) is null && FindIn(Folder, id) is { } stranger)
        {
            throw new PluginException(
                $"\"{stranger}\" is there already, and \"pachup plugin install\" did not put it there.",
                "Move it away, and install the plugin again.");
        }

        return NewStage(id);
    }

    /// <summary>Puts a plugin in its place, instead of the one of its name that may be there.</summary>
    /// <param name="staged">Its files.</param>
    /// <param name="entry">What the lock file says of it.</param>
    /// <exception cref="PluginException">A run uses the one that is there.</exception>
    public void Commit(StagedPlugin staged, InstalledPlugin entry)
    {
        var before = Lock.Find(staged.Id);
        if (before is not null)
        {
            ThrowIfUsed(before.Id);
        }

        Carry(new Change(staged.Directory, Folder), Lock.With(entry), change =>
        {
            if (before is not null)
            {
                change.MoveOld(before.Id);
            }

            change.MoveNew(staged.Id);
        });
    }

    /// <summary>Takes a plugin away.</summary>
    /// <param name="plugin">One that the lock file has.</param>
    /// <exception cref="PluginException">A run uses it.</exception>
    public void Remove(InstalledPlugin plugin)
    {
        ThrowIfUsed(plugin.Id);
        using var staged = NewStage(plugin.Id);
        Carry(new Change(staged.Directory, Folder), Lock.Without(plugin.Id), change => change.MoveOld(plugin.Id));
    }

    /// <summary>Whether the files of a plugin are as they were installed.</summary>
    public bool IsIntact(InstalledPlugin plugin) =>
        FindIn(Folder, plugin.Id) is { } place && PluginFiles.Read(place).Sha256 == plugin.FilesSha256;

    /// <summary>Where the files of a plugin are or will be.</summary>
    public string PlaceOf(string id) => Path.Combine(Folder, id);

    /// <summary>Refuses where a run uses a plugin: one that is going on, or one that can.</summary>
    /// <exception cref="PluginException">The message names the run.</exception>
    public void ThrowIfUsed(string id)
    {
        if (_users.FindUserOf(id, Folder) is { } user)
        {
            throw user.IsRunning
                ? new PluginException(
                    $"The run {user.Run} in \"{user.RunDirectory}\" is using {id} at this moment.", "Wait until it has ended, and try again.")
                : new PluginException(
                    $"The run {user.Run} in \"{user.RunDirectory}\" is not finished, and goes on with {id} as it is.",
                    $"Finish it with \"pachup apply --resume {user.Run}\" or undo it with \"pachup rollback {user.Run}\" first.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream TakeLock(string folder)
    {
        var path = Path.Combine(folder, WorkFolder, "lock");
        try
        {
            return new FileStream(path, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new PluginException($"Another pachup is changing the plugins in \"{folder}\".", "Wait until it has ended, and try again.", e);
        }
    }

    private void PutAwayLeftovers()
    {
        foreach (var directory in Directory.EnumerateDirectories(_work).Where(directory => Path.GetFileName(directory) != UsersFolder))
        {
            new Change(directory, Folder).Settle(Lock);
        }
    }

    private StagedPlugin NewStage(string id) => new(id, Path.Combine(_work, $"{id}.{Guid.NewGuid():N}"));

    /// <summary>Carries out a change: wholly, or so that everything is as it was.</summary>
    private void Carry(Change change, PluginLockFile after, Action<Change> move)
    {
        try
        {
            move(change);
            after.Write(Folder);
        }
        catch
        {
            change.Settle(Lock);
            throw;
        }

        Lock = after;
        change.Forget();
    }

    /// <summary>The folder of a plugin, in whatever case its id is given.</summary>
    private static string? FindIn(string folder, string id) =>
        Directory.EnumerateDirectories(folder).FirstOrDefault(path => string.Equals(Path.GetFileName(path), id, StringComparison.OrdinalIgnoreCase));

    /// <summary>One change of a folder of plugins, in a directory of its own.</summary>
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

            PrivateFile.CreateDirectory(Old);
            Move(Path.Combine(folder, id), Path.Combine(Old, id));
        }

        public void MoveNew(string id) => Move(Path.Combine(New, id), Path.Combine(folder, id));

        /// <summary>Brings a change that was broken off to one end or the other: done where the lock file says so, else undone.</summary>
        public void Settle(PluginLockFile locked)
        {
            var id = Path.GetFileNameWithoutExtension(directory);
            var place = FindIn(folder, id);
            var isInPlace = place is not null && Directory.Exists(New) && FindIn(New, id) is null;
            if (isInPlace && PluginFiles.Read(place!).Sha256 != locked.Find(id)?.FilesSha256)
            {
                Directory.Delete(place!, recursive: true);
            }

            if (locked.Find(id) is not null)
            {
                MoveBack();
            }

            Forget();
        }

        public void Forget() => Directory.Delete(directory, recursive: true);

        /// <summary>Puts the replaced files back, unless others are in their place.</summary>
        private void MoveBack()
        {
            foreach (var old in Directory.Exists(Old) ? Directory.EnumerateDirectories(Old) : [])
            {
                var place = Path.Combine(folder, Path.GetFileName(old));
                if (!Directory.Exists(place))
                {
                    Move(old, place);
                }
            }
        }

        private void Move(string from, string to)
        {
            Directory.Move(from, to);
            DirectoryDisk.Flush(folder);
        }
    }
}
