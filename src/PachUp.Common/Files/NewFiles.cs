using System.Security.Cryptography;
using PachUp.Common.Disks;

namespace PachUp.Common.Files;

/// <summary>
/// Files that get their names together, when all of them are complete and on disk, and never replace another file. Until then each has a partial name.
/// Disposing this removes the files that have no name yet.
/// </summary>
/// <param name="mark">Is part of the partial names. An earlier partial file with the same mark is removed, so a mark must belong to one writer.</param>
public sealed class NewFiles(string mark) : IDisposable
{
    private const int MarkDigits = 12;

    private readonly List<string> _paths = [];

    /// <summary>Files with a random mark.</summary>
    public NewFiles()
        : this(RandomNumberGenerator.GetHexString(MarkDigits, lowercase: true))
    {
    }

    /// <summary>The final names of the files without a name, in the order in which they were created.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>The present name of a file that has no name yet.</summary>
    public string PartialNameOf(string path) => PrivateFile.PartialName(Path.GetFullPath(path), mark);

    /// <summary>Starts a file. Flush it to disk when it is complete.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public DiskStream Create(string path)
    {
        var partial = PartialNameOf(path);
        Disk.DeleteFile(partial);
        var file = Disk.CreateFile(partial);
        if (!_paths.Contains(Path.GetFullPath(path)))
        {
            _paths.Add(Path.GetFullPath(path));
        }

        return file;
    }

    /// <summary>
    /// Gives all files their names: the first file last, when the other names are on disk. If one name is taken, no file gets its name.
    /// </summary>
    /// <exception cref="NameTakenException">A name is taken.</exception>
    /// <exception cref="IOException">A file cannot be renamed.</exception>
    public void GiveNames()
    {
        var named = new List<string>();
        try
        {
            foreach (var path in _paths.Skip(1).Append(_paths[0]))
            {
                if (path == _paths[0])
                {
                    FlushDirectoriesOf(named);
                }

                Disk.Rename(PartialNameOf(path), path);
                named.Add(path);
            }
        }
        catch
        {
            named.ForEach(TryRemove.File);
            throw;
        }

        FlushDirectoriesOf(named);
        _paths.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var path in _paths)
        {
            TryRemove.File(PartialNameOf(path));
        }

        _paths.Clear();
    }

    private static void FlushDirectoriesOf(IEnumerable<string> files)
    {
        foreach (var folder in files.Select(file => Path.GetDirectoryName(file)!).Distinct())
        {
            Disk.FlushDirectory(folder);
        }
    }
}
