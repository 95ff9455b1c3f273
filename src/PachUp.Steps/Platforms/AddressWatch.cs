using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Verification;

namespace PachUp.Steps.Platforms;

/// <summary>Asks an address repeatedly until the expected server answers, and reports each answer as progress.</summary>
/// <param name="cluster">The address.</param>
/// <param name="timeout">How long to wait.</param>
/// <param name="execution">The step that waits.</param>
internal sealed class AddressWatch(ICluster cluster, TimeSpan timeout, IStepExecution execution)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>What else is done from time to time while it waits.</summary>
    public Func<CancellationToken, Task> MeanwhileAsync { get; init; } = _ => Task.CompletedTask;

    /// <param name="request">What the user has to do.</param>
    /// <param name="unready">Why an answer is not the expected one; null if it is.</param>
    /// <param name="acceptsSilence">Whether the wait also ends when no server answers.</param>
    /// <param name="done">The result for the answer that ended the wait; null for no answer.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<StepResult> WaitAsync(
        string request,
        Func<TargetState, string?> unready,
        bool acceptsSilence,
        Func<TargetState?, StepResult> done,
        CancellationToken cancellationToken)
    {
        var started = execution.Time.GetTimestamp();
        while (true)
        {
            var (answer, silence) = await LookAsync(cancellationToken);
            var problem = answer is null ? (acceptsSilence ? null : silence) : unready(answer);
            if (problem is null)
            {
                return done(answer);
            }

            ThrowIfTooLong(started, request, problem);
            execution.Progress.Report(new StepProgress($"{request}; waiting: {problem}") { IsNews = true });
            await MeanwhileAsync(cancellationToken);
            await Task.Delay(Pause, execution.Time, cancellationToken);
        }
    }

    private async Task<(TargetState? Answer, string Silence)> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A new connection each time: the server behind the address changes, and a client remembers the release.
            var address = cluster.Address with { Timeouts = cluster.Address.Timeouts with { Retry = TimeSpan.Zero } };
            await using var client = PachdClient.Create(address);
            return (await TargetStates.LookAsync(client, cancellationToken), "");
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Unreachable or PachdFailure.ConnectionLost)
        {
            return (null, "no server answers yet");
        }
        catch (PachdException e)
        {
            // A server that is starting may refuse calls for a while. Show its answer and continue to wait.
            return (null, e.Detail is { Length: > 0 } detail ? detail : e.Message);
        }
    }

    private void ThrowIfTooLong(long started, string request, string problem)
    {
        if (execution.Time.GetElapsedTime(started) > timeout)
        {
            throw new StepFailedException(
                $"waited {Words.Duration(timeout)}, and still: {problem}",
                $"{char.ToUpperInvariant(request[0])}{request[1..]}, then resume the run.");
        }
    }
}
