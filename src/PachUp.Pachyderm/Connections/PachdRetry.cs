namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Repeats reading calls while a server does not answer, and reports the outage. If the server has never answered, it fails immediately, because the
/// address is probably wrong, unless what leads to the server says that the trouble may pass.
/// </summary>
/// <param name="address">The server.</param>
/// <param name="hasAnswered">Whether the server has ever answered.</param>
internal sealed class PachdRetry(ClusterAddress address, Func<bool> hasAnswered)
{
    private readonly OutageRetry _retry = new($"the pachd at {address}", address.Timeouts, failure => failure is PachdException pachd && MayPass(pachd.Failure, address, hasAnswered));

    /// <summary>Makes a call that can safely be repeated.</summary>
    /// <exception cref="PachdException">The failure is not temporary, or lasted too long.</exception>
    public Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        _retry.RepeatAsync(call, GiveUp, cancellationToken);

    private static Exception GiveUp(Exception last, string attempts) =>
        last is PachdException failure ? new PachdException($"{failure.Message} {attempts}", failure.Failure, failure.InnerException) : last;

    private static bool MayPass(PachdFailure failure, ClusterAddress address, Func<bool> hasAnswered) => failure switch
    {
        PachdFailure.ConnectionLost or PachdFailure.Unavailable => true,
        PachdFailure.Unreachable => hasAnswered() || address.LastTrouble?.Invoke() is { MayPass: true },
        _ => false,
    };
}
