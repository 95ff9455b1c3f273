namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Tries reading calls again while a server that is known does not answer, and says so. Where nobody has ever answered, nothing is waited
/// for: the address is probably wrong.
/// </summary>
/// <param name="address">The server.</param>
/// <param name="hasAnswered">Whether it has ever answered.</param>
internal sealed class PachdRetry(ClusterAddress address, Func<bool> hasAnswered)
{
    private readonly OutageRetry _retry = new($"the pachd at {address}", address.Patience, failure => failure is PachdException pachd && MayPass(pachd.Failure, hasAnswered));

    /// <summary>Makes a call that is harmless to repeat.</summary>
    /// <exception cref="PachdException">It failed for a reason that does not pass by itself, or for too long.</exception>
    public Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        _retry.RepeatAsync(call, GiveUp, cancellationToken);

    private static Exception GiveUp(Exception last, string attempts) =>
        last is PachdException failure ? new PachdException($"{failure.Message} {attempts}", failure.Failure, failure.InnerException) : last;

    private static bool MayPass(PachdFailure failure, Func<bool> hasAnswered) => failure switch
    {
        PachdFailure.ConnectionLost or PachdFailure.Unavailable => true,
        PachdFailure.Unreachable => hasAnswered(),
        _ => false,
    };
}
