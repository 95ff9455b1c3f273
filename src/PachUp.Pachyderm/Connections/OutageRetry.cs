using Polly;
using Polly.Retry;

namespace PachUp.Pachyderm.Connections;

/// <summary>Makes calls again while a server does not answer, for as long as somebody has patience, and says so.</summary>
public sealed class OutageRetry
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly ResiliencePropertyKey<Outage> OutageOfCall = new("outage");

    private readonly string _server;
    private readonly PachdPatience _patience;
    private readonly ResiliencePipeline _pipeline;

    /// <param name="server">The server, as a sentence names it.</param>
    /// <param name="patience">How patient to be.</param>
    /// <param name="mayPass">Whether a failure may pass by itself, so that the call is worth another attempt.</param>
    public OutageRetry(string server, PachdPatience patience, Func<Exception, bool> mayPass)
    {
        (_server, _patience) = (server, patience);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = patience.Time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = call => ValueTask.FromResult(
                    call.Outcome.Exception is { } failure && mayPass(failure) && OutageOf(call.Context).TryExtend(failure)),
                OnRetry = call => OutageOf(call.Context).AnnounceAsync(),
                MaxRetryAttempts = int.MaxValue,
                Delay = patience.Pause,
                MaxDelay = LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
    }

    /// <summary>Makes a call that is harmless to repeat.</summary>
    /// <param name="call">The call.</param>
    /// <param name="giveUp">Makes the failure that the caller sees, after attempts in vain, from the last one and a sentence about them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<T> RepeatAsync<T>(
        Func<CancellationToken, Task<T>> call, Func<Exception, string, Exception> giveUp, CancellationToken cancellationToken)
    {
        var outage = new Outage(_server, _patience);
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

    /// <summary>What happened to one call so far.</summary>
    private sealed class Outage(string server, PachdPatience patience)
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
                _began = patience.Time.GetTimestamp();
                _until = patience.Time.GetUtcNow() + patience.Retry;
                _reason = failure.Message;
            }

            if (patience.Time.GetElapsedTime(_began) >= patience.Retry)
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

        public string Describe() => $"It was tried {Attempts + 1} times within {Durations.Describe(patience.Time.GetElapsedTime(_began))}.";

        private void Report(bool isOver) => patience.Outages?.Report(new PachdOutage(server, _reason, _until, Attempts, isOver));
    }
}
