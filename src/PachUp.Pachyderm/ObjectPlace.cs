namespace PachUp.Pachyderm;

/// <summary>
/// Where a stream is among the operations of its objects: an object is one or more operations with a value and one without. An empty one is one
/// or two operations without a value; there is no more than one of it in a stream, because an object is known by its content.
/// </summary>
internal sealed class ObjectPlace
{
    private bool _isInside;

    /// <summary>Whether the last operation is an empty value with no object before it.</summary>
    public bool BeginsEmptyObject { get; private set; }

    /// <summary>Whether the last operation is the second of an empty object.</summary>
    public bool EndsEmptyObject { get; private set; }

    /// <summary>Takes the next operation into account.</summary>
    public void Pass(Operation operation)
    {
        var isObject = operation.Kind == OperationKind.Object;
        var isEmpty = isObject && operation.ReadValue().IsEmpty;
        EndsEmptyObject = isEmpty && BeginsEmptyObject;
        BeginsEmptyObject = isEmpty && !_isInside && !EndsEmptyObject;
        _isInside = isObject && !isEmpty;
    }
}
