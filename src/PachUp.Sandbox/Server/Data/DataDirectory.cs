using Google.Protobuf;
using PachUp.Common.Files;
using PachUp.Pachyderm;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Metadata;
using PachUp.Sandbox.Server.Storage;

namespace PachUp.Sandbox.Server.Data;

/// <summary>
/// A directory that holds the state of one cluster: a database with metadata, objects and tags, and files with the content of blocks. It collects the
/// changes of the cluster; <see cref="Save"/> writes them in one transaction of the database. The cluster's transactions are saved whole and in order.
/// </summary>
internal sealed class DataDirectory : IPersistence, IDisposable
{
    private const string DatabaseName = "metadata.db";
    private const string ContentName = "content";

    private readonly string _path;
    private readonly Database _database;
    private readonly StateTables _tables;
    private readonly ContentFiles _files;
    private readonly DirectoryBlobStore _blobs;
    private readonly PendingChanges _pending = new();
    private readonly Lock _saving = new();
    private readonly TaskCompletionSource<DataDirectoryException> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DataDirectory(string path, Database database)
    {
        _path = path;
        _database = database;
        _tables = new StateTables(database);
        _files = new ContentFiles(Path.Combine(path, ContentName));
        _blobs = new DirectoryBlobStore(path, _files, _pending);
    }

    /// <summary>The id of the cluster.</summary>
    public string ClusterId => _tables.Cluster.Id;

    /// <summary>The bucket of the cluster.</summary>
    public IBlobStore Blobs => _blobs;

    /// <summary>The error for an archive that is to be restored into a directory with a cluster in it.</summary>
    public DataDirectoryException Filled => DataDirectoryProblems.IsFilled(_path);

    /// <summary>Ends with the reason when a change could not be saved. Later saves fail too.</summary>
    public Task<DataDirectoryException> Failure => _failure.Task;

    /// <summary>Opens the directory of a cluster, or creates a new cluster in a new or empty directory.</summary>
    /// <exception cref="DataDirectoryException">It has another release or a later format, holds other files, is in use, is damaged, or cannot be written.</exception>
    /// <param name="path">The directory.</param>
    /// <param name="release">The release of the cluster.</param>
    /// <param name="upgrades">Whether to upgrade a cluster of an earlier point release of the line.</param>
    public static DataDirectory Open(string path, Release release, bool upgrades = false) => Explained(path, () =>
    {
        CreateFolder(path);
        var database = Database.Open(Path.Combine(path, DatabaseName));
        try
        {
            if (DatabaseFormat.IsEmpty(database))
                DatabaseFormat.Create(database, Ids.New(), release);

            PrivateDirectory.Flush(path);
            return OpenExisting(path, database, release, upgrades);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    });

    /// <summary>The release that the cluster in a directory behaves as; null where there is no cluster yet.</summary>
    /// <exception cref="DataDirectoryException">It has a later format, is in use, is damaged, or cannot be written.</exception>
    public static string? FindRelease(string path) => Explained(path, () =>
    {
        if (!File.Exists(Path.Combine(path, DatabaseName)))
            return null;

        using var database = Database.Open(Path.Combine(path, DatabaseName));
        if (DatabaseFormat.IsEmpty(database))
            return null;

        DatabaseFormat.Check(database, path);
        return new StateTables(database).Cluster.Release;
    });

    /// <summary>Loads the saved state of the cluster into a store.</summary>
    /// <exception cref="DataDirectoryException">Something cannot be read.</exception>
    public void LoadInto(MetadataStore metadata) => Explained(_path, () =>
    {
        try
        {
            metadata.Load(_tables.Messages);
            return true;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or FormatException)
        {
            throw DataDirectoryProblems.IsDamaged(_path, e.Message, e);
        }
    });

    public void Record(IReadOnlyList<Change> changes) => _pending.Record(changes);

    public void Save()
    {
        // A caller that waits here waits for another save, which includes the caller's changes.
        lock (_saving)
        {
            if (_failure.Task.IsCompleted)
                throw _failure.Task.Result;

            if (_pending.Take() is { IsEmpty: false } batch)
                Write(batch);
        }
    }

    public void Dispose()
    {
        lock (_saving)
        {
            _database.Dispose();
        }
    }

    private static DataDirectory OpenExisting(string path, Database database, Release release, bool upgrades)
    {
        DatabaseFormat.Check(database, path);
        var directory = new DataDirectory(path, database);
        var found = directory._tables.Cluster.Release;
        if (upgrades && IsEarlierPointRelease(found, release))
            directory._tables.ChangeRelease(release);
        else if (found != release.ToString())
            throw DataDirectoryProblems.IsOfRelease(path, found, release);

        directory._blobs.Load(directory._tables.Blobs);
        DatabaseFormat.Upgrade(database);
        return directory;
    }

    private static bool IsEarlierPointRelease(string found, Release release) =>
        Release.TryParse(found, out var earlier) && earlier.Line == release.Line && earlier < release;

    private static void CreateFolder(string path)
    {
        if (File.Exists(path))
            throw DataDirectoryProblems.IsFile(path);

        if (!Directory.Exists(path))
            PrivateDirectory.Create(path);
        else if (!File.Exists(Path.Combine(path, DatabaseName)) && Directory.EnumerateFileSystemEntries(path).Any())
            throw DataDirectoryProblems.IsForeign(path);
    }

    private static T Explained<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (DataDirectoryProblems.Explains(e))
        {
            throw DataDirectoryProblems.Of(path, e);
        }
    }

    private void Write(Batch batch)
    {
        try
        {
            _files.Sync();
            _tables.Write(batch);
        }
        catch (Exception e) when (DataDirectoryProblems.Explains(e))
        {
            // The memory has changes that the disk lacks. No client may see them.
            var problem = DataDirectoryProblems.CannotBeWritten(_path, e);
            _failure.SetResult(problem);
            throw problem;
        }
    }
}
