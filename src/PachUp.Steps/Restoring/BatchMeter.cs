using PachUp.Pachyderm;

namespace PachUp.Steps.Restoring;

/// <summary>
/// Decides where one <c>Restore</c> call ends. Sending uses this rule, and so does finding out later what an unconfirmed call contained.
/// </summary>
/// <param name="stream">The stream, at the beginning of the call.</param>
/// <param name="limits">The largest size of the call.</param>
internal sealed class BatchMeter(OperationStream stream, RestoreLimits limits)
{
    private int _operations;
    private long _bytes;

    /// <summary>Whether the call may end before the next operation.</summary>
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
