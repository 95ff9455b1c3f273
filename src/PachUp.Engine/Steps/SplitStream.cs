using System.Runtime.CompilerServices;
using PachUp.Pachyderm;

namespace PachUp.Engine.Steps;

/// <summary>One stream of operations, read as two: up to the first that belongs to the second half, and from there on.</summary>
/// <param name="operations">The stream.</param>
/// <param name="isOfSecondHalf">Tells where the second half begins.</param>
internal sealed class SplitStream(IAsyncEnumerable<Operation> operations, Func<Operation, bool> isOfSecondHalf) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<Operation> _operations = operations.GetAsyncEnumerator();
    private bool _secondHalfBegins;

    public async IAsyncEnumerable<Operation> FirstHalfAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _operations.MoveNextAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isOfSecondHalf(_operations.Current))
            {
                _secondHalfBegins = true;
                yield break;
            }

            yield return _operations.Current;
        }
    }

    public async IAsyncEnumerable<Operation> SecondHalfAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (_secondHalfBegins)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!isOfSecondHalf(_operations.Current))
            {
                throw new InvalidOperationException($"the rewriter sends a {_operations.Current.Kind} after the first commit or branch");
            }

            yield return _operations.Current;
            _secondHalfBegins = await _operations.MoveNextAsync();
        }
    }

    public ValueTask DisposeAsync() => _operations.DisposeAsync();
}
