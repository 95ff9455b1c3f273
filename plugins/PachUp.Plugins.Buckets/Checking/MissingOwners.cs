using System.Runtime.CompilerServices;
using System.Text;
using Google.Protobuf;
using PachUp.Common.Files;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Plugins.Buckets.Locations;
using PachUp.Plugins.Buckets.Running;
using File = System.IO.File;

namespace PachUp.Plugins.Buckets.Checking;

/// <summary>Finds out who needs the keys that the target lacks. This reads every commit of the source, so it is only done when keys are missing.</summary>
/// <param name="rclone">The two buckets.</param>
/// <param name="from">The folder of the source with pachd's objects.</param>
/// <param name="runDirectory">For the small files that are read.</param>
internal sealed class MissingOwners(Rclone rclone, Bucket from, string runDirectory)
{
    private const string Objects = "object/";
    private const string Blocks = "block/";
    private const string Index = "-index";

    /// <summary>What each key is needed for. Keys that no commit, file or spec needs are left out: the results of datums, which are processed again without them.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(
        IReadOnlyCollection<string> keys, ReferenceReader references, CancellationToken cancellationToken)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var wanted = keys.Select(WithoutIndex).ToHashSet(StringComparer.Ordinal);
        var throughObjects = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var reference in AllAsync(references, cancellationToken))
        {
            if (wanted.Contains(reference.Key))
            {
                owners.TryAdd(reference.Key, reference.Owner);
            }
            else if (reference.Key.StartsWith(Objects, StringComparison.Ordinal))
            {
                throughObjects.TryAdd(reference.Key, reference.Owner);
            }
        }

        if (wanted.Any(key => key.StartsWith(Blocks, StringComparison.Ordinal) && !owners.ContainsKey(key)))
        {
            await FollowObjectsAsync(throughObjects, wanted, owners, cancellationToken);
        }

        return keys.Where(key => owners.ContainsKey(WithoutIndex(key))).ToDictionary(key => key, key => owners[WithoutIndex(key)], StringComparer.Ordinal);
    }

    /// <summary>Workers of 1.8 and later write an index beside the block of a tree. Who needs the block needs its index.</summary>
    private static string WithoutIndex(string key) => key.EndsWith(Index, StringComparison.Ordinal) ? key[..^Index.Length] : key;

    private static async IAsyncEnumerable<Reference> AllAsync(
        ReferenceReader references, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var tree in references.Trees())
        {
            yield return tree;
        }

        await foreach (var file in references.FilesOfHeadsAsync(cancellationToken))
        {
            yield return file;
        }

        await foreach (var file in references.FilesOfAllCommitsAsync(cancellationToken))
        {
            yield return file;
        }
    }

    /// <summary>What the key of an object holds is the name of the block with its content.</summary>
    private async Task FollowObjectsAsync(
        Dictionary<string, string> objects, HashSet<string> wanted, Dictionary<string, string> owners, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(runDirectory, "missing-objects");
        PrivateDirectory.Create(folder);
        try
        {
            var list = Path.Combine(folder, "names");
            await PrivateFile.ReplaceAsync(list, Encoding.UTF8.GetBytes(string.Join('\n', objects.Keys)), cancellationToken);
            await rclone.RunAsync(["copy", "--files-from-raw", list, "--no-traverse", from.Path, folder], _ => { }, _ => { }, cancellationToken);
            foreach (var (key, owner) in objects)
            {
                if (ReadBlock(Path.Combine(folder, key)) is { } block && wanted.Contains(block))
                {
                    owners.TryAdd(block, owner);
                }
            }
        }
        finally
        {
            PrivateDirectory.Delete(folder);
        }
    }

    private static string? ReadBlock(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            return $"{Blocks}{BlockRef.Parser.ParseFrom(ReadFile.Bytes(file)).Block?.Hash}";
        }
        catch (InvalidProtocolBufferException)
        {
            // A damaged object names no block, so it explains none.
            return null;
        }
    }
}
