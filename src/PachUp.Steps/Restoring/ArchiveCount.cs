using PachUp.Pachyderm;

namespace PachUp.Steps.Restoring;

/// <summary>Counts the operations of an archive that were read, rewritten and passed on. How many operations are sent is not known beforehand.</summary>
/// <param name="total">The number of operations in the archive.</param>
internal sealed class ArchiveCount(long total)
{
    /// <summary>The number of operations that were passed on since the archive was opened last.</summary>
    public long Done { get; private set; }

    /// <summary>The number of operations in the archive.</summary>
    public long Total { get; } = total;

    /// <summary>The operations. Each one is counted when the next one is asked for.</summary>
    public async IAsyncEnumerable<Operation> CountAsync(IAsyncEnumerable<Operation> operations)
    {
        Done = 0;
        await foreach (var operation in operations)
        {
            yield return operation;
            Done++;
        }
    }
}
