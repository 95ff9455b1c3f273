using Polly;
using Polly.Retry;

namespace PachUp.Pachyderm.Connections;

/// <summary>
/// Tries reading calls again while a server that is known does not answer, and says so. Where nobody has ever answered, nothing is waited
/// for: the address is probably wrong.
/// </summary>
internal sealed class PachdRetry
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly ResiliencePropertyKey<Outage> OutageOfCall = new("outage");

    private readonly ClusterAddress _address;
    private readonly PachdPatience _patience;
    private readonly Func<bool> _hasAnswered;
    private readonly ResiliencePipeline _pipeline;

    /// <param name="address">The server.</param>
    /// <param name="hasAnswered">Whether it has ever answered.</param>
    public PachdRetry(ClusterAddress address, Func<bool> hasAnswered)
    {
        (_address, _patience, _hasAnswered) = (address, address.Patience, hasAnswered);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = _patience.Time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = call => ValueTask.FromResult(
                    call.Outcome.Exception is PachdException failure && OutageOf(call.Context).TryExtend(failure, MayPass(failure))),
                OnRetry = call => OutageOf(call.Context).AnnounceAsync(),
                MaxRetryAttempts = int.MaxValue,
                Delay = _patience.Pause,
                MaxDelay = LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
    }

    /// <summary>Makes a call that is harmless to repeat.</summary>
    /// <exception cref="PachdException">It failed for a reason that does not pass by itself, or for too long.</exception>
    public async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var outage = new Outage(_address, _patience);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(OutageOfCall, outage);
        try
        {
            var answer = await _pipeline
                .ExecuteAsync(static async (context, call) => await call(context.CancellationToken).ConfigureAwait(false), context, call)
                .ConfigureAwait(false);
            outage.End();
            return answer;
        }
        catch (PachdException e) when (outage.Attempts > 0)
        {
            throw outage.GiveUp(e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Outage OutageOf(ResilienceContext context) => context.Properties.GetValue(OutageOfCall, null!);

    private bool MayPass(PachdException failure) => failure.Failure switch
    {
        PachdFailure.ConnectionLost or PachdFailure.Unavailable => true,
        PachdFailure.Unreachable => _hasAnswered(),
        _ => false,
    };

    /// <summary>What happened to one call so far.</summary>
    private sealed class Outage(ClusterAddress address, PachdPatience patience)
    {
        private long _began;
        private DateTimeOffset _until;
        private string _reason = "";

        public int Attempts { get; private set; }

        /// <summary>Whether a failure is worth another attempt, as its kind and the time have it.</summary>
        public bool TryExtend(PachdException failure, bool mayPass)
        {
            if (Attempts == 0)
            {
                _began = patience.Time.GetTimestamp();
                _until = patience.Time.GetUtcNow() + patience.Retry;
                _reason = failure.Message;
            }

            if (!mayPass || patience.Time.GetElapsedTime(_began) >= patience.Retry)
            {
                return false;
            }

            Attempts++;
            return true;
        }

        public ValueTask AnnounceAsync()
        {
            Report(isOver: false);
            return ValueTask.CompletedTask;
        }

        public void End()
        {
            if (Attempts > 0)
            {
                Report(isOver: true);
            }
        }

        public PachdException GiveUp(PachdException last) => new(
            $"{last.Message} It was tried {Attempts + 1} times within {Durations.Describe(patience.Time.GetElapsedTime(_began))}.",
            last.Failure,
            last.InnerException);

        private void Report(bool isOver) => patience.Outages?.Report(new PachdOutage(address, _reason, _until, Attempts, isOver));
    }
}
