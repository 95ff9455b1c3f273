using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Pausing;

/// <summary>
/// Waits for a time without cron ticks, on releases where stopped pipelines still tick: first until the server has made the missed ticks, then until the
/// next tick was made if it is near, so that an extract can start right after it.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="inputs">The cron inputs that tick.</param>
/// <param name="execution">The step that waits.</param>
internal sealed class TickWait(PachdClient client, IReadOnlyList<TickingInput> inputs, IStepExecution execution)
{
    private const int MostCounted = 1_000_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // If a tick is due and the server makes none for this long, it makes no more ticks: its monitor has ended, for example at a restart of pachd. If the
    // number of due ticks does not get smaller in this time, the server has another clock, or it will never catch up.
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(5);

    // Before an extract, a tick is waited for if it is due within this time.
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(15);

    // The longest time to wait for a tick before an extract.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Waits until the server has made up the ticks that are due.</summary>
    /// <exception cref="StepFailedException">Ticks are still due after the timeout.</exception>
    public async Task UntilMadeUpAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        foreach (var input in inputs)
        {
            await UntilMadeUpAsync(input, timeout, cancellationToken);
        }
    }

    /// <summary>Waits for a tick that would be made during the extract, if it is near.</summary>
    /// <param name="extract">How long the extract takes, as far as it is known.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task UntilQuietAsync(TimeSpan extract, CancellationToken cancellationToken)
    {
        var margin = TimeSpan.FromTicks(Math.Min((extract + Near).Ticks, Longest.Ticks));
        foreach (var input in inputs)
        {
            var newest = await input.FindNewestAsync(client, cancellationToken);
            if (newest is { } from && input.Schedule.Next(from) is { } next && next > execution.Time.GetUtcNow() && next < execution.Time.GetUtcNow() + margin)
            {
                await UntilMadeAsync(input, from, next, cancellationToken);
            }
        }
    }

    /// <summary>Whether only repos of cron inputs have changed.</summary>
    public bool IsTickAlone(InventoryDifference moved)
    {
        var repos = inputs.Select(input => input.Repo).ToHashSet(StringComparer.Ordinal);
        return repos.Count > 0 && moved.Added.Concat(moved.Changed).Concat(moved.Lost).All(item => repos.Contains(item.Name.Split('@')[0]));
    }

    /// <summary>What the user can do if ticks leave no time for an extract.</summary>
    public string Remedy(Release release)
    {
        var names = Words.FirstOf([.. inputs.Select(input => $"pipeline \"{input.Pipeline}\" (\"{input.Spec}\")")], 20);
        return ReleaseTraits.Of(release).RestartEndsTicks
            ? $"On {release} stopping a pipeline does not end its ticks: {names}. Restart pachd (\"kubectl delete pod -l app=pachd\"), which ends the ticks of "
                + "stopped pipelines; then resume the run."
            : $"On {release} neither stopping a pipeline nor a restart of pachd ends its ticks: {names}. Resume the run at a time when the next tick is far "
                + "enough away, or give the pipelines a spec with fewer ticks with \"pachctl update pipeline\" and make a new plan.";
    }

    private async Task UntilMadeUpAsync(TickingInput input, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = execution.Time.GetTimestamp();
        var (moved, last, atFirst) = (began, (DateTimeOffset?)null, 0);
        while (await input.FindNewestAsync(client, cancellationToken) is { } newest
            && input.Schedule.Count(newest, execution.Time.GetUtcNow(), MostCounted) is > 0 and var due)
        {
            atFirst = last is null ? due : atFirst;
            (moved, last) = newest == last ? (moved, last) : (execution.Time.GetTimestamp(), newest);
            var elapsed = execution.Time.GetElapsedTime(began);
            if (execution.Time.GetElapsedTime(moved) >= Standstill || (elapsed >= Standstill && due >= atFirst))
            {
                return;
            }

            var progress = new MakingUp(input, due, atFirst, elapsed).ToString();
            if (elapsed >= timeout)
            {
                throw new StepFailedException($"after {Words.Duration(timeout)}: {progress}", Remedy(await client.GetReleaseAsync(cancellationToken)));
            }

            execution.Progress.Report(new StepProgress(progress));
            await Task.Delay(Pause, execution.Time, cancellationToken);
        }
    }

    private async Task UntilMadeAsync(TickingInput input, DateTimeOffset from, DateTimeOffset next, CancellationToken cancellationToken)
    {
        // The clock is only read once. It may be set while this waits.
        var (began, longest) = (execution.Time.GetTimestamp(), next - execution.Time.GetUtcNow() + Standstill);
        execution.Progress.Report(new StepProgress($"waiting for the tick of pipeline {input.Pipeline} at {next.UtcDateTime:HH:mm:ss} UTC, to extract right after it"));
        while (execution.Time.GetElapsedTime(began) < longest && await input.FindNewestAsync(client, cancellationToken) == from)
        {
            await Task.Delay(Pause, execution.Time, cancellationToken);
        }
    }

    /// <summary>The progress of a server with missed ticks.</summary>
    private sealed record MakingUp(TickingInput Input, int Due, int DueAtFirst, TimeSpan Elapsed)
    {
        public override string ToString() =>
            $"pachd makes up missed ticks of pipeline {Input.Pipeline} (\"{Input.Spec}\"): {Words.Count(Due, "tick")} to go{Left}";

        private string Left => DueAtFirst - Due is > 0 and var made ? $", about {Words.Duration(Elapsed * ((double)Due / made))}" : "";
    }
}
