using Polly;
using Polly.Retry;

namespace PachUp.Pachyderm.Connections;

/// <summary>Repeats calls while a server does not answer, for a limited time, and reports the outage.</summary>
public sealed class OutageRetry
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly ResiliencePropertyKey<Outage> OutageOfCall = new("outage");

    private readonly string _server;
    private readonly PachdTimeouts _timeouts;
    private readonly ResiliencePipeline _pipeline;

    /// <param name="server">The name of the server in messages.</param>
    /// <param name="timeouts">The time limits.</param>
    /// <param name="mayPass">Whether a failure may be temporary, so that the call is repeated.</param>
    /// <param name="pauseAfter">The pause that the server wants after a failure; null if it does not say.</param>
    public OutageRetry(string server, PachdTimeouts timeouts, Func<Exception, bool> mayPass, Func<Exception, TimeSpan?>? pauseAfter = null)
    {
        (_server, _timeouts) = (server, timeouts);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = timeouts.Time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = call => ValueTask.FromResult(
                    call.Outcome.Exception is { } failure && mayPass(failure) && OutageOf(call.Context).TryExtend(failure)),
                OnRetry = call => OutageOf(call.Context).AnnounceAsync(),
                MaxRetryAttempts = int.MaxValue,
                Delay = timeouts.Pause,
                MaxDelay = LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = call => ValueTask.FromResult(call.Outcome.Exception is { } failure ? OutageOf(call.Context).Shorten(pauseAfter?.Invoke(failure)) : null),
            })
            .Build();
    }

    /// <summary>Makes a call that can safely be repeated.</summary>
    /// <param name="call">The call.</param>
    /// <param name="giveUp">Creates the final failure from the last failure and a sentence about the attempts.</param>
    /// <param name="cancellationToken">Stops the attempts.</param>
    public async Task<T> RepeatAsync<T>(
        Func<CancellationToken, Task<T>> call, Func<Exception, string, Exception> giveUp, CancellationToken cancellationToken)
    {
        var outage = new Outage(_server, _timeouts);
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
        catch (Exception e) when (outage.Attempts > 0 && e is not OperationCanceledException)
        {
            throw giveUp(e, outage.Describe());
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Outage OutageOf(ResilienceContext context) => context.Properties.GetValue(OutageOfCall, null!);

    /// <summary>The attempts of one call so far.</summary>
    private sealed class Outage(string server, PachdTimeouts timeouts)
    {
        private long _began;
        private DateTimeOffset _until;
        private string _reason = "";

        public int Attempts { get; private set; }

        /// <summary>Whether there is time for another attempt.</summary>
        public bool TryExtend(Exception failure)
        {
            if (Attempts == 0)
            {
                _began = timeouts.Time.GetTimestamp();
                _until = timeouts.Time.GetUtcNow() + timeouts.Retry;
                _reason = failure.Message;
            }

            if (timeouts.Time.GetElapsedTime(_began) >= timeouts.Retry)
            {
                return false;
            }

            Attempts++;
            return true;
        }

        /// <summary>A pause that ends before the last attempt.</summary>
        public TimeSpan? Shorten(TimeSpan? pause) => pause is { } wanted && _until - timeouts.Time.GetUtcNow() is var left && wanted > left ? Max(left, timeouts.Pause) : pause;

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

        public string Describe() => $"PachUp tried {Attempts + 1} times within {Durations.Describe(timeouts.Time.GetElapsedTime(_began))}.";

        private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

        private void Report(bool isOver) => timeouts.Outages?.Report(new PachdOutage(server, _reason, _until, Attempts, isOver));
    }
}
