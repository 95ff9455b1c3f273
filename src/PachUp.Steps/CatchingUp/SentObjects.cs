using System.Buffers.Binary;
using System.Security.Cryptography;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Sdk;
using PachUp.Steps.Restoring;
using PachUp.Verification.Files;

namespace PachUp.Steps.CatchingUp;

/// <summary>
/// The objects and tags that a run has sent, read from its archives. Each is known by a key of 16 bytes, the start of its hash: for ten million objects
/// this takes some 400 MB of memory.
/// </summary>
internal sealed class SentObjects
{
    private readonly HashSet<UInt128> _objects = [];
    private readonly HashSet<UInt128> _tags = [];

    /// <summary>Reads the archives that are there. What was in a missing one is sent again, which is harmless.</summary>
    public static async Task<SentObjects> ReadAsync(IEnumerable<string> archives, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var sent = new SentObjects();
        foreach (var archive in archives.Where(File.Exists))
        {
            await sent.AddAsync(archive, progress, cancellationToken);
        }

        return sent;
    }

    /// <summary>Whether an object was sent.</summary>
    public bool HasObject(UInt128 key) => _objects.Contains(key);

    /// <summary>Whether all tags of an operation were sent with the same object.</summary>
    public bool HasTags(Operation operation) => KeysOfTags(operation).All(_tags.Contains);

    /// <summary>The key of an object: the start of the SHA-512 of its content, as in the listings of servers.</summary>
    public static UInt128 KeyOf(IncrementalHash content)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        content.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private async Task AddAsync(string archive, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var operations = await ArchiveManifest.ReadBesideAsync(archive, cancellationToken) is { } manifest ? manifest.Summary.Operations : 0;
        var count = new ArchiveCount(operations);
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        await foreach (var part in new ObjectParts(count.CountAsync(ArchiveOperations.ReadAsync(archive, cancellationToken))).ReadAsync())
        {
            if (part.Operation.Kind == OperationKind.Object)
            {
                content.AppendData(part.Operation.ReadValue().Span);
                if (part.EndsObject)
                {
                    _objects.Add(KeyOf(content));
                    progress.Report(count.Progress("finding out which objects were sent"));
                }
            }
            else if (part.Operation.Kind == OperationKind.Tag)
            {
                _tags.UnionWith(KeysOfTags(part.Operation));
            }
        }
    }

    private static IEnumerable<UInt128> KeysOfTags(Operation operation)
    {
        var request = operation.AsTag();
        return request.Tags.Select(tag => HashKey.Of(UnconfirmedItem.NameOfTag(tag.Name, request.Object?.Hash ?? "")));
    }
}
