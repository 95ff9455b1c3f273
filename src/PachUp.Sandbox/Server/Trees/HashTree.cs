using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Trees;

/// <summary>The files of one commit; each directory has the hash of its content. Copies share unchanged nodes.</summary>
internal sealed class HashTree
{
    private static readonly ImmutableSortedSet<string> NoNames = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private ImmutableDictionary<string, TreeNode> _nodes;
    private ImmutableDictionary<string, ImmutableSortedSet<string>> _names;

    public HashTree()
        : this(
            ImmutableDictionary.Create<string, TreeNode>(StringComparer.Ordinal).Add("", new TreeNode()),
            ImmutableDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal))
    {
    }

    private HashTree(ImmutableDictionary<string, TreeNode> nodes, ImmutableDictionary<string, ImmutableSortedSet<string>> names)
    {
        _nodes = nodes;
        _names = names;
    }

    /// <summary>Bytes in all files.</summary>
    public long Size => _nodes[""].Size;

    /// <summary>All files and directories, the root first. The content of a directory follows the directory.</summary>
    public IEnumerable<(string Path, TreeNode Node)> All => Walk("");

    /// <summary>A tree of nodes by their clean paths.</summary>
    public static HashTree Of(IEnumerable<(string Path, TreeNode Node)> nodes)
    {
        var tree = new HashTree();
        foreach (var (path, node) in nodes)
        {
            tree.Set(path, node);
        }

        return tree;
    }

    public HashTree Copy() => new(_nodes, _names);

    public TreeNode? Find(string path) => _nodes.GetValueOrDefault(TreePaths.Clean(path));

    /// <exception cref="NotFoundError">There is nothing at the path.</exception>
    public TreeNode Get(string path) => Find(path) ?? throw new NotFoundError($"file \"{TreePaths.Clean(path)}\" not found");

    /// <summary>What lies directly in a directory, in the order of the names.</summary>
    /// <exception cref="PachdError">There is no directory at the path.</exception>
    public IReadOnlyList<(string Path, TreeNode Node)> List(string path)
    {
        var clean = TreePaths.Clean(path);
        if (!Get(clean).IsDirectory)
            throw new PachdError($"the file at \"{clean}\" is not a directory");

        return [.. Children(clean)];
    }

    /// <summary>A file or directory and all that is in it, in order.</summary>
    public IEnumerable<(string Path, TreeNode Node)> Walk(string path)
    {
        var left = new Stack<string>([TreePaths.Clean(path)]);
        while (left.TryPop(out var next))
        {
            if (!_nodes.TryGetValue(next, out var node))
                continue;

            yield return (next, node);
            foreach (var name in _names.GetValueOrDefault(next, NoNames).Reverse())
            {
                left.Push($"{next}/{name}");
            }
        }
    }

    /// <summary>What a pattern matches, in order. A path without pattern characters must exist.</summary>
    /// <exception cref="NotFoundError">The path is not a pattern and does not exist.</exception>
    public IEnumerable<(string Path, TreeNode Node)> Glob(string pattern, GlobSyntax syntax)
    {
        var clean = TreePaths.Clean(pattern);
        return syntax.IsPattern(clean) ? Match(clean, syntax) : [(clean, Get(clean))];
    }

    /// <summary>What a pattern matches, in order. Any path is read as a pattern.</summary>
    public IEnumerable<(string Path, TreeNode Node)> Match(string pattern, GlobSyntax syntax)
    {
        var glob = syntax.Parse(TreePaths.Clean(pattern));
        return All.Where(node => glob.Matches(node.Path));
    }

    /// <summary>The parts of a file, including the header and footer of its directory, and its size in bytes.</summary>
    /// <exception cref="NotFoundError">There is no such file.</exception>
    public (IReadOnlyList<ContentPart> Parts, long Size) ContentOf(string path)
    {
        var file = WithSharedParts(path);
        var objects = (file.Objects ?? []).Select(hash => new ContentPart(hash, null));
        return ([.. objects, .. file.BlockRefs.Select(block => new ContentPart(null, block))], file.Size);
    }

    /// <summary>A file or directory. The objects of a file include the header and footer of its directory.</summary>
    /// <exception cref="NotFoundError">There is nothing at the path.</exception>
    public TreeNode WithSharedParts(string path)
    {
        var file = Get(path);
        if (!file.HasSharedParts || Get(TreePaths.Parent(TreePaths.Clean(path))).Shared is not { } shared)
            return file;

        IEnumerable<string?> objects = [shared.Header, .. file.Objects ?? [], shared.Footer];
        var whole = file with
        {
            Objects = [.. objects.Where(hash => !string.IsNullOrEmpty(hash)).Select(hash => hash!)],
            Size = file.Size + shared.HeaderSize + shared.FooterSize,
        };
        return whole with { Hash = HashOf(whole) };
    }

    /// <summary>Adds a file as a worker wrote it, with its own hash, and replaces an earlier one.</summary>
    public void AddFile(string path, TreeNode file)
    {
        var clean = TreePaths.Clean(path);
        var growth = file.Size - (Find(clean)?.Size ?? 0);
        Set(clean, file with { Name = TreePaths.Base(clean) });
        ChangeAncestors(clean, growth);
    }

    /// <summary>Appends objects to a file, and creates the file if it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="objects">The hashes of the objects.</param>
    /// <param name="growth">The bytes that the file grows by, which can be negative when objects are dropped.</param>
    /// <param name="keep">How many of the file's current objects stay; null for all.</param>
    /// <param name="hasSharedParts">See <see cref="TreeNode.HasSharedParts"/>.</param>
    /// <exception cref="PachdError">A directory is at the path, or a file stands where a directory has to be.</exception>
    public void PutFile(string path, IReadOnlyList<string> objects, long growth, long? keep = null, bool hasSharedParts = false)
    {
        var clean = TreePaths.Clean(path);
        var file = Find(clean) ?? new TreeNode { Name = TreePaths.Base(clean), Objects = [], HasSharedParts = hasSharedParts };
        if (file.Objects is null)
            throw new PachdError($"could not put file at \"{clean}\"; a file of type {file.TypeName} is already there");

        var kept = keep < file.Objects.Count ? file.Objects.Take((int)keep) : file.Objects;
        Set(clean, file with { Objects = [.. kept, .. objects], Size = file.Size + growth, Hash = default });
        ChangeAncestors(clean, growth);
    }

    /// <summary>Creates a directory if it is missing.</summary>
    /// <exception cref="PachdError">A file is at the path.</exception>
    public void PutDirectory(string path)
    {
        var clean = TreePaths.Clean(path);
        if (Find(clean) is { IsDirectory: false } file)
            throw new PachdError($"could not create directory at \"{clean}\"; a file of type {file.TypeName} is already there");

        if (Find(clean) is not null)
            return;

        Set(clean, new TreeNode { Name = TreePaths.Base(clean) });
        ChangeAncestors(clean, 0);
    }

    /// <summary>Creates a directory if it is missing, and sets the header and footer of its files.</summary>
    public void PutSharedParts(string path, SharedParts shared)
    {
        var clean = TreePaths.Clean(path);
        var size = shared.HeaderSize + shared.FooterSize;
        var directory = Find(clean) ?? new TreeNode { Name = TreePaths.Base(clean), Size = size };
        Set(clean, directory with { Shared = shared, Hash = default });
    }

    /// <summary>
    /// Sets the header and footer of all files below a directory, as 1.7 does, and creates the directory if it is missing. An empty hash removes a header or
    /// footer; null does not change it.
    /// </summary>
    /// <exception cref="PachdError">A file is at the path, or where a directory has to be.</exception>
    public void PutHeaderAndFooter(string path, string? header, string? footer, long size)
    {
        var clean = TreePaths.Clean(path);
        if (Find(clean) is { IsDirectory: false } file)
            throw new PachdError($"could not put dir at \"{clean}\"; a file of type {file.TypeName} is already there");

        var directory = Find(clean) ?? new TreeNode { Name = TreePaths.Base(clean) };
        var (newHeader, newFooter) = (After(directory.Shared?.Header, header), After(directory.Shared?.Footer, footer));
        var shared = newHeader is null && newFooter is null ? null : new SharedParts(newHeader, 0, newFooter, 0) { IsOfAllBelow = true };
        Set(clean, directory with { Shared = shared, Size = directory.Size + size, Hash = default });
        ChangeAncestors(clean, size);
    }

    /// <summary>The same files in directories without headers and footers.</summary>
    public HashTree WithoutSharedParts() => Of(All.Select(node => (node.Path, node.Node with { Shared = null })));

    /// <summary>Removes everything that a pattern matches. For the root, removes everything in it.</summary>
    public void Delete(string pattern, GlobSyntax syntax)
    {
        var clean = TreePaths.Clean(pattern);
        foreach (var (path, node) in GlobOrNothing(clean.Length == 0 ? "/*" : clean, syntax).ToList())
        {
            if (!_nodes.ContainsKey(path))
                continue;

            Remove(path);
            ChangeAncestors(path, -node.Size);
        }
    }

    /// <summary>Updates the hashes after changes.</summary>
    public void Hash() => Hash("");

    private static string? After(string? before, string? put) => put switch
    {
        null => before,
        "" => null,
        _ => put,
    };

    private IEnumerable<(string Path, TreeNode Node)> GlobOrNothing(string pattern, GlobSyntax syntax) =>
        syntax.IsPattern(pattern) || Find(pattern) is not null ? Glob(pattern, syntax) : [];

    private IEnumerable<(string Path, TreeNode Node)> Children(string path) =>
        _names.GetValueOrDefault(path, NoNames).Select(name => ($"{path}/{name}", _nodes[$"{path}/{name}"]));

    private void Set(string path, TreeNode node)
    {
        _nodes = _nodes.SetItem(path, node);
        if (path.Length > 0)
            _names = _names.SetItem(TreePaths.Parent(path), NamesIn(path).Add(TreePaths.Base(path)));
    }

    private void Remove(string path)
    {
        var below = Walk(path).Select(found => found.Path).ToList();
        _nodes = _nodes.RemoveRange(below);
        _names = _names.RemoveRange(below).SetItem(TreePaths.Parent(path), NamesIn(path).Remove(TreePaths.Base(path)));
    }

    private ImmutableSortedSet<string> NamesIn(string path) => _names.GetValueOrDefault(TreePaths.Parent(path), NoNames);

    private void ChangeAncestors(string path, long growth)
    {
        while (path.Length > 0)
        {
            path = TreePaths.Parent(path);
            var directory = _nodes.GetValueOrDefault(path) ?? new TreeNode { Name = TreePaths.Base(path) };
            if (!directory.IsDirectory)
                throw new PachdError($"attempted to visit \"{path}\", but it's not a directory");

            Set(path, directory with { Size = directory.Size + growth, Hash = default });
        }
    }

    private TreeNode Hash(string path)
    {
        var node = _nodes[path];
        if (!node.Hash.IsEmpty)
            return node;

        var hashed = node with { Hash = node.IsDirectory ? HashOfChildren(path, node) : HashOf(node) };
        Set(path, hashed);
        return hashed;
    }

    private static byte[] HashOf(TreeNode file) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(file.Objects!)));

    private byte[] HashOfChildren(string path, TreeNode directory)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendChildren(sha, path, directory);
        return sha.GetHashAndReset();
    }

    private void AppendChildren(IncrementalHash sha, string path, TreeNode directory)
    {
        if (directory.Shared is { IsOfAllBelow: false } shared)
            sha.AppendData(Encoding.UTF8.GetBytes($"{shared.Header}{shared.Footer}"));

        foreach (var (childPath, _) in Children(path))
        {
            var child = Hash(childPath);
            sha.AppendData(Encoding.UTF8.GetBytes(child.Name + ":"));
            sha.AppendData(child.Hash.Span);
            sha.AppendData(":"u8);
        }
    }
}
