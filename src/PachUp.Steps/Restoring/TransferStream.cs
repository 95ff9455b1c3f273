using System.Runtime.CompilerServices;
using PachUp.Common.Files;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Extracting;

namespace PachUp.Steps.Restoring;

/// <summary>
/// The stream of the source, which is written to the archive while it is read. If an earlier attempt completed the archive, the stream is read from it.
/// </summary>
internal sealed class TransferStream(TransferStep.Arguments arguments, ClusterInventory source, NewFiles files, IStepExecution execution)
{
    /// <summary>How many operations are read ahead: about 80 MB if all of them are parts of objects.</summary>
    private const int ReadAheadOperations = 8;

    /// <summary>The manifest of the archive that was written; null if the archive was complete before.</summary>
    public ArchiveManifest? Manifest { get; private set; }

    /// <summary>The operations from the first one on.</summary>
    public IAsyncEnumerable<Operation> Open(CancellationToken cancellationToken) => File.Exists(arguments.To)
        ? ArchiveOperations.ReadAsync(arguments.To, cancellationToken)
        : ExtractAsync(cancellationToken).Ahead(ReadAheadOperations, cancellationToken);

    private async IAsyncEnumerable<Operation> ExtractAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var writer = ArchiveWriter.Create(arguments.To, files, OwnBackup.RunOf(execution));
        await foreach (var operation in execution.Source.Connect().ExtractAsync(arguments.Objects, cancellationToken))
        {
            await writer.WriteAsync(operation, cancellationToken);
            yield return operation;
        }

        Manifest = await writer.CompleteAsync(SourceState.Describe(source, execution), cancellationToken);
    }
}
