using PachUp.Pachyderm;

namespace PachUp.Steps.Restoring;

/// <summary>Says where one <c>Restore</c> call ends: the same rule for sending and for finding out, later, what was in a call.</summary>
/// <param name="stream">The stream, at the beginning of the call.</param>
/// <param name="limits">How much goes into it.</param>
internal sealed class BatchMeter(OperationStream stream, RestoreLimits limits)
{
    private int _operations;
    private long _bytes;

    /// <summary>Whether the call may end before what comes next.</summary>
    public bool MayEnd => _operations > 0 && stream.IsBetweenObjects;

    /// <summary>Whether the call ends before this operation.</summary>
    public bool EndsBefore(Operation next) => MayEnd && (_operations >= limits.Operations || _bytes >= limits.Bytes || stream.EndsPipelines(next));

    /// <summary>Counts an operation of the call.</summary>
    public void Add(Operation operation)
    {
        _operations++;
        _bytes += operation.Bytes.Length;
    }
}
