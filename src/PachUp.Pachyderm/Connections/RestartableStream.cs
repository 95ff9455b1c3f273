namespace PachUp.Pachyderm.Connections;

/// <summary>
/// A stream of answers that begins anew where it breaks off. What was given already is left out then, told by a key; without a key it can
/// only begin anew as long as nothing was given.
/// </summary>
/// <param name="open">Begins the stream.</param>
/// <param name="keyOf">What tells one answer from all others; null where nothing does, or too many would have to be remembered.</param>
/// <param name="retry">Says when it is worth beginning anew.</param>
internal sealed class RestartableStream<T>(Func<CancellationToken, IAsyncEnumerable<T>> open, Func<T, string>? keyOf, PachdRetry retry)
    : IAsyncDisposable
{
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private IAsyncEnumerator<T>? _answers;
    private bool _hasBegun;

    public T Current => _answers is null ? throw new InvalidOperationException("the stream has not begun") : _answers.Current;

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
