using System.Runtime.CompilerServices;

namespace PachUp.Pachyderm;

/// <summary>
/// The object of an empty file in a stream. Releases before 1.9.6 extract it as the operation that ends an object, with no object before it. A
/// server that restores this takes it for the beginning of the next object, and the empty object is lost. Sent as two operations with an empty
/// value it arrives, with pachctl too, so that is the form in which PachUp sends and writes it.
/// </summary>
public static class EmptyObjects
{
    /// <summary>The same stream, with every empty object as two operations. One that has two already stays as it is.</summary>
    public static async IAsyncEnumerable<Operation> WithEmptyObjectsWhole(
        this IAsyncEnumerable<Operation> operations, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var place = new ObjectPlace();
        Operation? begun = null;
        await foreach (var operation in operations.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            place.Pass(operation);
            if (begun is not null && !place.EndsEmptyObject)
            {
                yield return begun;
            }

            yield return operation;
            begun = place.BeginsEmptyObject ? operation : null;
        }

        if (begun is not null)
        {
            yield return begun;
        }
    }
}
