using PachUp.Pachyderm;

namespace PachUp.Steps.CatchingUp;

/// <summary>The operations of a stream, each with the answer whether an object ends with it.</summary>
/// <param name="operations">The stream. Empty objects have two operations.</param>
internal sealed class ObjectParts(IAsyncEnumerable<Operation> operations)
{
    /// <summary>Reads the stream.</summary>
    public async IAsyncEnumerable<ObjectPart> ReadAsync()
    {
        var isInside = false;
        await foreach (var operation in operations)
        {
            // An empty value ends an object, unless the object begins with it.
            var ends = operation.Kind == OperationKind.Object && isInside && operation.ReadValue().IsEmpty;
            isInside = operation.Kind == OperationKind.Object && !ends;
            yield return new ObjectPart(operation, ends);
        }
    }
}

/// <summary>An operation of a stream.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="EndsObject">Whether an object ends with it.</param>
internal readonly record struct ObjectPart(Operation Operation, bool EndsObject);
