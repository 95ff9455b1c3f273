namespace PachUp.Pachyderm.Connections;

/// <summary>
/// A stream of answers that restarts when the connection is lost. After a restart it skips answers that it has already returned, which it recognizes
/// by their keys. Without keys it can restart only before the first answer.
/// </summary>
/// <param name="open">Starts the stream.</param>
/// <param name="keyOf">The unique key of an answer; null if there is none, or if there would be too many keys to remember.</param>
/// <param name="retry">Decides whether to restart.</param>
internal sealed class RestartableStream<T>(Func<CancellationToken, IAsyncEnumerable<T>> open, Func<T, string>? keyOf, PachdRetry retry)
    : IAsyncDisposable
{
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private IAsyncEnumerator<T>? _answers;
    private bool _hasBegun;

    public T Current => _answers is null ? throw new InvalidOperationException("the stream has not started") : _answers.Current;

    public async Task<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        var hasMore = _hasBegun && keyOf is null
            ? await AdvanceAsync(cancellationToken).ConfigureAwait(false)
            : await retry.RepeatAsync(AdvanceAsync, cancellationToken).ConfigureAwait(false);
        _hasBegun = true;
        return hasMore;
    }

    public ValueTask DisposeAsync() => _answers?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<bool> AdvanceAsync(CancellationToken cancellationToken)
    {
        var answers = _answers ??= open(cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await answers.MoveNextAsync().ConfigureAwait(false))
            {
                if (keyOf is null || _given.Add(keyOf(answers.Current)))
                {
                    return true;
                }
            }

            return false;
        }
        catch
        {
            _answers = null;
            await answers.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
