using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Extracting;

namespace PachUp.Steps.Restoring;

/// <summary>
/// Counts the operations of a source that were read, rewritten and passed on, for the progress. How many operations are sent is not known beforehand.
/// </summary>
internal abstract class StreamCount
{
    /// <summary>The operations. Each one is counted when the next one is asked for.</summary>
    public async IAsyncEnumerable<Operation> CountAsync(IAsyncEnumerable<Operation> operations)
    {
        Reset();
        await foreach (var operation in operations)
        {
            yield return operation;
            Count(operation);
        }
    }

    /// <summary>How much was passed on since the stream was opened last.</summary>
    public abstract StepProgress Progress(string text);

    protected abstract void Reset();

    protected abstract void Count(Operation operation);
}

/// <summary>Counts the operations of an archive.</summary>
/// <param name="total">The number of operations in the archive.</param>
internal sealed class ArchiveCount(long total) : StreamCount
{
    private long _done;

    public override StepProgress Progress(string text) => new(text, _done, total, "operations");

    protected override void Reset() => _done = 0;

    protected override void Count(Operation operation) => _done++;
}

/// <summary>Counts the operations of an extract that is made at the same time: first the objects, then the metadata, each against what was listed.</summary>
/// <param name="source">What the source listed before the extract.</param>
internal sealed class ExtractCount(ClusterInventory source) : StreamCount
{
    private readonly long _total = ExtractedMetadata.ExpectedOf(source);
    private long _objects;
    private long _metadata;

    public override StepProgress Progress(string text) => _metadata == 0 && _objects > 0
        ? new(text, _objects, source.Objects is { } listed ? Math.Max(listed, _objects) : null, "objects")
        : new(text, _metadata, Math.Max(_total, _metadata), "operations");

    protected override void Reset() => (_objects, _metadata) = (0, 0);

    protected override void Count(Operation operation)
    {
        _metadata += ExtractedMetadata.Has(operation.Kind) ? 1 : 0;
        _objects += operation.Kind == OperationKind.CreateObject || (operation.Kind == OperationKind.Object && operation.ReadValue().IsEmpty) ? 1 : 0;
    }
}
