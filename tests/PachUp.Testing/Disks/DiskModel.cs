using PachUp.Common.Disks;

namespace PachUp.Testing.Disks;

/// <summary>
/// What is on disk, and what only the system knows: the content of a file counts when the file was flushed, a name when its directory was. What was not
/// flushed may survive a power cut in part and in another order.
/// </summary>
internal sealed class DiskModel
{
    private readonly DirectoryNode _root = new();
    private readonly List<EntryChange> _pending = [];
    private readonly string _path;
    private readonly string _except;

    /// <param name="path">The directory that is modelled. What is in it is on disk.</param>
    /// <param name="except">The name of a directory in it that is left alone.</param>
    public DiskModel(string path, string except)
    {
        (_path, _except) = (path, except);
        foreach (var entry in Entries())
        {
            _root.Now[entry.Name] = _root.Durable[entry.Name] = Read(entry);
        }
    }

    /// <summary>Makes a change in the model.</summary>
    public void Make(DiskChange change)
    {
        switch (change)
        {
            case DiskChange.FileCreated when FindNode(change.Path) is null:
                Put(change.Path, new FileNode([]));
                break;
            case DiskChange.DirectoryCreated when FindNode(change.Path) is null:
                Put(change.Path, new DirectoryNode());
                break;
            case DiskChange.FileWritten written:
                FileAt(change.Path).Pending.Add(new ContentChange(written.Offset, written.Content, Length: null));
                break;
            case DiskChange.FileCut cut:
                FileAt(change.Path).Pending.Add(new ContentChange(cut.Length, default, cut.Length));
                break;
            case DiskChange.FileFlushed:
                FileAt(change.Path).Flush();
                break;
            case DiskChange.Renamed renamed when FindNode(change.Path) is { } node:
                Rename(renamed, node);
                break;
            case DiskChange.FileDeleted or DiskChange.DirectoryDeleted when FindNode(change.Path) is not null:
                Put(change.Path, null);
                break;
            case DiskChange.DirectoryFlushed:
                Flush((DirectoryNode)FindNode(change.Path)!);
                break;
        }
    }

    /// <summary>Replaces everything in the directory by what is there after a power cut.</summary>
    public void WriteWhatSurvives(Survival survival)
    {
        foreach (var entry in Entries())
        {
            (entry as DirectoryInfo)?.Delete(recursive: true);
            (entry as FileInfo)?.Delete();
        }

        _pending.Where(_ => survival.KeepsName()).ToList().ForEach(change => change.MakeDurable());
        Write(_root, _path, survival);
    }

    private IEnumerable<FileSystemInfo> Entries() => new DirectoryInfo(_path).EnumerateFileSystemInfos().Where(entry => entry.Name != _except);

    private static object Read(FileSystemInfo entry)
    {
        if (entry is not DirectoryInfo directory)
        {
            return new FileNode(File.ReadAllBytes(entry.FullName));
        }

        var node = new DirectoryNode();
        foreach (var inner in directory.EnumerateFileSystemInfos())
        {
            node.Now[inner.Name] = node.Durable[inner.Name] = Read(inner);
        }

        return node;
    }

    private static void Write(DirectoryNode directory, string path, Survival survival)
    {
        Directory.CreateDirectory(path);
        foreach (var (name, node) in directory.Durable)
        {
            var place = Path.Combine(path, name);
            if (node is DirectoryNode inner)
            {
                Write(inner, place, survival);
            }
            else
            {
                File.WriteAllBytes(place, survival.ContentOf((FileNode)node));
            }
        }
    }

    private void Put(string path, object? node)
    {
        var directory = (DirectoryNode)FindNode(Path.GetDirectoryName(path)!)!;
        var change = new EntryChange(directory, Path.GetFileName(path), node);
        change.Make(directory.Now);
        _pending.Add(change);
    }

    private void Rename(DiskChange.Renamed renamed, object node)
    {
        var (from, to) = ((DirectoryNode)FindNode(Path.GetDirectoryName(renamed.Path)!)!, (DirectoryNode)FindNode(Path.GetDirectoryName(renamed.To)!)!);
        from.Now.Remove(Path.GetFileName(renamed.Path));
        to.Now[Path.GetFileName(renamed.To)] = node;
        _pending.Add(new EntryChange(to, Path.GetFileName(renamed.To), node) { From = from, FromName = Path.GetFileName(renamed.Path) });
    }

    private void Flush(DirectoryNode directory)
    {
        foreach (var change in _pending.Where(change => change.Directory == directory || change.From == directory).ToList())
        {
            change.MakeDurable();
            _pending.Remove(change);
        }
    }

    private FileNode FileAt(string path) => (FileNode)(FindNode(path) ?? throw new InvalidOperationException($"the test knows no file \"{path}\""));

    private object? FindNode(string path)
    {
        object? node = _root;
        var names = Path.GetRelativePath(_path, path).Split(Path.DirectorySeparatorChar).Where(name => name != ".");
        foreach (var name in names)
        {
            node = (node as DirectoryNode)?.Now.GetValueOrDefault(name);
        }

        return node;
    }

    /// <summary>A directory: the names that programs see, and those on disk.</summary>
    private sealed class DirectoryNode
    {
        public Dictionary<string, object> Now { get; } = [];

        public Dictionary<string, object> Durable { get; } = [];
    }

    /// <summary>A name that was given or taken away. A renamed file never has two names or none.</summary>
    private sealed record EntryChange(DirectoryNode Directory, string Name, object? Node)
    {
        public DirectoryNode? From { get; init; }

        public string FromName { get; init; } = "";

        public void MakeDurable()
        {
            Make(Directory.Durable);
            if (From?.Durable.GetValueOrDefault(FromName) == Node)
            {
                From?.Durable.Remove(FromName);
            }
        }

        public void Make(Dictionary<string, object> entries)
        {
            if (Node is null)
            {
                entries.Remove(Name);
            }
            else
            {
                entries[Name] = Node;
            }
        }
    }
}

/// <summary>A file: the content on disk, and the changes that were not flushed.</summary>
internal sealed class FileNode(byte[] content)
{
    /// <summary>The content on disk.</summary>
    public byte[] Durable { get; private set; } = content;

    /// <summary>The changes since the last flush.</summary>
    public List<ContentChange> Pending { get; } = [];

    /// <summary>Writes the changes to disk.</summary>
    public void Flush()
    {
        Durable = Pending.Aggregate(Durable, (content, change) => change.MakeIn(content));
        Pending.Clear();
    }
}

/// <summary>Bytes that were written at a place, or a new length.</summary>
internal sealed record ContentChange(long Offset, ReadOnlyMemory<byte> Bytes, long? Length)
{
    /// <summary>The content after the change.</summary>
    public byte[] MakeIn(byte[] content)
    {
        var changed = content;
        Array.Resize(ref changed, (int)(Length ?? Math.Max(content.Length, Offset + Bytes.Length)));
        Bytes.CopyTo(changed.AsMemory((int)Math.Min(Offset, changed.Length)));
        return changed;
    }
}
