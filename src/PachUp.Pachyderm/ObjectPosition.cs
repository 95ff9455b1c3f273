namespace PachUp.Pachyderm;

/// <summary>
/// Tracks the position of a stream in its objects. An object is one or more operations with a value, and then one with an empty value. An empty
/// object is one or two operations with an empty value. A stream has at most one empty object, because objects are identified by content.
/// </summary>
internal sealed class ObjectPosition
{
    private bool _isInside;

    /// <summary>Whether the last operation is an empty value without an object before it.</summary>
    public bool BeginsEmptyObject { get; private set; }

    /// <summary>Whether the last operation is the second operation of an empty object.</summary>
    public bool EndsEmptyObject { get; private set; }

    /// <summary>Adds the next operation.</summary>
    public void Pass(Operation operation)
    {
        var isObject = operation.Kind == OperationKind.Object;
        var isEmpty = isObject && operation.ReadValue().IsEmpty;
        EndsEmptyObject = isEmpty && BeginsEmptyObject;
        BeginsEmptyObject = isEmpty && !_isInside && !EndsEmptyObject;
        _isInside = isObject && !isEmpty;
    }
}
