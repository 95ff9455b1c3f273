using System.Collections.Concurrent;
using PachUp.Common.Files;
using PachUp.Sandbox.Server.Storage;

namespace PachUp.Sandbox.Server.Data;

/// <summary>
/// Content in files. A file's name is the hash of its content, and its folder is the first two digits of the hash. A file gets its name when its content
/// is on disk. Safe to use from several threads.
/// </summary>
internal sealed class ContentFiles(string root)
{
    private const int FolderDigits = 2;

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _changedFolders = new(StringComparer.Ordinal);

    /// <summary>Stores content if it is missing, and returns its hash.</summary>
    /// <exception cref="IOException">The content cannot be written; no part of it stays.</exception>
    public string Write(byte[] content)
    {
        var hash = ObjectStorage.HashOf(content);
        if (_known.ContainsKey(hash))
            return hash;

        var folder = FolderOf(hash);
        PrivateDirectory.Create(folder);
        PrivateFile.Replace(PathOf(hash), content, flushesName: false);
        _changedFolders[folder] = true;
        _known[hash] = true;
        return hash;
    }

    /// <summary>A part of the content with a hash.</summary>
    public byte[] Read(string hash, long offset, int count)
    {
        using var file = File.OpenRead(PathOf(hash));
        file.Position = offset;
        var part = new byte[count];
        return file.ReadAtLeast(part, count, throwOnEndOfStream: false) == count
            ? part
            : throw new EndOfStreamException($"\"{PathOf(hash)}\" is shorter than it was");
    }

    /// <summary>Waits until the names of all new files are on disk. Their content is there already.</summary>
    public void Sync()
    {
        foreach (var folder in _changedFolders.Keys.Where(folder => _changedFolders.TryRemove(folder, out _)))
        {
            PrivateDirectory.Flush(folder);
        }
    }

    /// <summary>Checks that the needed files exist, and deletes the others: they are from calls that were never answered.</summary>
    /// <param name="needed">The length of each file by its hash.</param>
    /// <returns>The first problem; null for none.</returns>
    public string? FindProblem(IReadOnlyDictionary<string, long> needed)
    {
        var files = Directory.Exists(root) ? new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories).ToList() : [];
        var there = files.Where(file => needed.ContainsKey(file.Name)).ToDictionary(file => file.Name, file => file.Length, StringComparer.Ordinal);
        foreach (var (hash, length) in needed)
        {
            if (!there.TryGetValue(hash, out var actual))
                return $"the file \"{PathOf(hash)}\" is missing";

            if (actual != length)
                return $"the file \"{PathOf(hash)}\" has {actual} bytes and should have {length}";

            _known[hash] = true;
        }

        files.Where(file => !needed.ContainsKey(file.Name)).ToList().ForEach(file => PrivateFile.Delete(file.FullName));
        return null;
    }

    private string FolderOf(string hash) => Path.Combine(root, hash[..FolderDigits]);

    private string PathOf(string hash) => Path.Combine(FolderOf(hash), hash);
}
