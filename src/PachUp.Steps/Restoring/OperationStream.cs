using System.Buffers.Binary;
using System.Security.Cryptography;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Verification.Files;

namespace PachUp.Steps.Restoring;

/// <summary>
/// A stream of operations that knows where it is, what comes next, and whether it may be cut here. It holds no more than the next operation.
/// </summary>
internal sealed class OperationStream(IAsyncEnumerable<Operation> operations) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<Operation> _operations = operations.GetAsyncEnumerator();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _length = new byte[sizeof(long)];
    private Operation? _next;
    private bool _hasEnded;
    private OperationKind _last;
    private long _repos;

    /// <summary>How many operations were taken.</summary>
    public long Taken { get; private set; }

    /// <summary>The place between what was taken and what comes next.</summary>
    public StreamPosition Position => new(Taken, _repos, Convert.ToHexStringLower(_hash.GetCurrentHash()));

    /// <summary>The first commit that was taken and has files of its own to list; null for none yet.</summary>
    public ComparedCommit? FirstCommit { get; private set; }

    /// <summary>Whether no object or block is half taken: servers want each whole in one call.</summary>
    public bool IsBetweenObjects { get; private set; } = true;

    /// <summary>Whether a pipeline was taken last, and what comes next is none: null for the end.</summary>
    public bool EndsPipelines(Operation? next) => _last == OperationKind.Pipeline && next?.Kind != OperationKind.Pipeline;

    /// <summary>What comes next; null at the end. It stays next until it is taken.</summary>
    public async ValueTask<Operation?> PeekAsync()
    {
        if (_next is null && !_hasEnded)
        {
            _hasEnded = !await _operations.MoveNextAsync();
            _next = _hasEnded ? null : _operations.Current;
        }

        return _next;
    }

    /// <summary>Takes what comes next; null at the end.</summary>
    public async ValueTask<Operation?> TakeAsync()
    {
        var operation = await PeekAsync();
        if (operation is not null)
        {
            _next = null;
            Count(operation);
        }

        return operation;
    }

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await _operations.DisposeAsync();
    }

    private void Count(Operation operation)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_length, operation.Bytes.Length);
        _hash.AppendData(_length);
        _hash.AppendData(operation.Bytes.Span);
        Taken++;
        _repos += operation.Kind == OperationKind.Repo ? 1 : 0;
        _last = operation.Kind;
        FirstCommit ??= operation.Kind == OperationKind.Commit ? CommitWithTree(operation.AsCommit()) : null;
        IsBetweenObjects = EndsWhole(operation);
    }

    private static ComparedCommit? CommitWithTree(BuildCommitRequest request) =>
        request is { Tree.Hash.Length: > 0, ID.Length: > 0, Parent.Repo.Name: { Length: > 0 } and not BranchName.SpecRepo }
            ? new ComparedCommit(request.Parent.Repo.Name, request.ID)
            : null;

    /// <summary>An empty value ends an object; one that begins with it is read on by servers, so that is no place to cut either.</summary>
    private bool EndsWhole(Operation operation) =>
        operation.Kind is not (OperationKind.Object or OperationKind.Block) || (!IsBetweenObjects && operation.ReadValue().IsEmpty);
}
