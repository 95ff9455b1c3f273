using System.Buffers.Binary;
using System.Security.Cryptography;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Verification.Files;

namespace PachUp.Steps.Restoring;

/// <summary>
/// A stream of operations that knows its position, the next operation, and whether a call may end here. It keeps only the next operation in memory.
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
    private readonly HashSet<string> _created = new(StringComparer.Ordinal);

    /// <summary>The number of operations that were taken.</summary>
    public long Taken { get; private set; }

    /// <summary>The position between the taken operations and the next one.</summary>
    public StreamPosition Position => new(Taken, _repos, Convert.ToHexStringLower(_hash.GetCurrentHash()));

    /// <summary>The repos that the taken operations create. A pipeline creates the repo of its output if that does not exist.</summary>
    public IReadOnlySet<string> CreatedRepos => _created;

    /// <summary>The first taken commit that has files; null if there is none yet.</summary>
    public ComparedCommit? FirstCommit { get; private set; }

    /// <summary>Whether no object or block is only partly taken: servers need each one complete in one call.</summary>
    public bool IsBetweenObjects { get; private set; } = true;

    /// <summary>Whether the last taken operation makes a pipeline and the next one does not; null means the end.</summary>
    public bool EndsPipelines(Operation? next) => _last == OperationKind.Pipeline && next?.Kind != OperationKind.Pipeline;

    /// <summary>The next operation, without taking it; null at the end.</summary>
    public async ValueTask<Operation?> PeekAsync()
    {
        if (_next is null && !_hasEnded)
        {
            _hasEnded = !await _operations.MoveNextAsync();
            _next = _hasEnded ? null : _operations.Current;
        }

        return _next;
    }

    /// <summary>Takes the next operation; null at the end.</summary>
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
        KeepCreatedRepo(operation);
        FirstCommit ??= operation.Kind == OperationKind.Commit ? CommitWithTree(operation.AsCommit()) : null;
        IsBetweenObjects = EndsWhole(operation);
    }

    private void KeepCreatedRepo(Operation operation)
    {
        if (operation.Kind is OperationKind.Repo or OperationKind.Pipeline)
        {
            _created.Add(operation.Kind == OperationKind.Repo ? operation.AsRepo().Repo.Name : operation.AsPipeline().Pipeline.Name);
        }
    }

    private static ComparedCommit? CommitWithTree(BuildCommitRequest request) =>
        request is { Tree.Hash.Length: > 0, ID.Length: > 0, Parent.Repo.Name: { Length: > 0 } and not BranchName.SpecRepo }
            ? new ComparedCommit(request.Parent.Repo.Name, request.ID)
            : null;

    /// <summary>An empty value ends an object. An object that begins with an empty value is not over there, so a call may not end there.</summary>
    private bool EndsWhole(Operation operation) =>
        operation.Kind is not (OperationKind.Object or OperationKind.Block) || (!IsBetweenObjects && operation.ReadValue().IsEmpty);
}
