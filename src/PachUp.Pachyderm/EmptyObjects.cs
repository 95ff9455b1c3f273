using System.Runtime.CompilerServices;

namespace PachUp.Pachyderm;

/// <summary>
/// Handles the object of an empty file in a stream. Releases before 1.9.6 extract it as one operation with an empty value, which usually ends an
/// object. A server that restores this reads it as the start of the next object, so the empty object is lost. As two operations with an empty value
/// it is restored correctly, also by pachctl. PachUp sends and writes this form.
/// </summary>
public static class EmptyObjects
{
    /// <summary>The stream with every empty object as two operations. An empty object that already has two operations is not changed.</summary>
    public static async IAsyncEnumerable<Operation> WithEmptyObjectsWhole(
        this IAsyncEnumerable<Operation> operations, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var place = new ObjectPosition();
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
