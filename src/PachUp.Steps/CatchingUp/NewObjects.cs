using System.Security.Cryptography;
using PachUp.Pachyderm;

namespace PachUp.Steps.CatchingUp;

/// <summary>Leaves out of a stream the objects and tags that were sent before.</summary>
/// <param name="sent">What was sent before.</param>
internal sealed class NewObjects(SentObjects sent)
{
    /// <summary>
    /// The hash of an object is known at its end, so its parts are kept in memory until then. A larger object is passed on in any case: to send it again is
    /// harmless.
    /// </summary>
    private const long MostKeptBytes = 64 * 1024 * 1024;

    /// <summary>The operations without the objects and tags that were sent before.</summary>
    public async IAsyncEnumerable<Operation> OfAsync(IAsyncEnumerable<Operation> operations)
    {
        var kept = new List<Operation>();
        var (bytes, isTooLarge) = (0L, false);
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        await foreach (var (operation, endsObject) in new ObjectParts(operations).ReadAsync())
        {
            if (operation.Kind != OperationKind.Object)
            {
                if (operation.Kind != OperationKind.Tag || !sent.HasTags(operation))
                {
                    yield return operation;
                }

                continue;
            }

            kept.Add(operation);
            content.AppendData(operation.ReadValue().Span);
            bytes += operation.Bytes.Length;
            isTooLarge |= bytes > MostKeptBytes;
            UInt128? key = endsObject ? SentObjects.KeyOf(content) : null;
            if (isTooLarge || (key is { } whole && !sent.HasObject(whole)))
            {
                foreach (var part in kept)
                {
                    yield return part;
                }

                kept.Clear();
            }

            if (endsObject)
            {
                kept.Clear();
                (bytes, isTooLarge) = (0, false);
            }
        }
    }
}
