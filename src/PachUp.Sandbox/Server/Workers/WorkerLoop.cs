using Microsoft.Extensions.Hosting;
using PachUp.Sandbox.Server.Data;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>Lets cron inputs tick and, where pipelines run, workers work for as long as the cluster runs: whenever something changed, and when a tick is due.</summary>
internal sealed class WorkerLoop(Pachd pachd, CronTicker ticker, PipelineWorkers workers) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Ends the loop after the job under way, however little time the host gives: its state must not go while somebody works on it.</summary>
    public override Task StopAsync(CancellationToken cancellationToken) => base.StopAsync(CancellationToken.None);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host would not start before the first pause otherwise.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var change = pachd.Metadata.NextChange;
            var ticked = ticker.TickOnce();
            var worked = pachd.Settings.RunsPipelines && workers.WorkOnce(stoppingToken);
            if (!ticked && !worked)
                await WaitAsync(change, stoppingToken);
            else if (!TrySave())
                return;
        }
    }

    /// <summary>Keeps what was done; false where the data directory cannot be written any more, which <see cref="SandboxCluster.Failure"/> tells.</summary>
    private bool TrySave()
    {
        try
        {
            pachd.Save();
            return true;
        }
        catch (DataDirectoryException)
        {
            return false;
        }
    }

    private async Task WaitAsync(Task change, CancellationToken stoppingToken)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var untilTick = ticker.UntilNext() ?? LongestWait;
        var delay = Task.Delay(untilTick < LongestWait ? untilTick : LongestWait, pachd.Clock, wake.Token);

        // Time may have gone on before the delay began.
        if (ticker.UntilNext() is not { } left || left > TimeSpan.Zero)
            await Task.WhenAny(change, delay);

        await wake.CancelAsync();
    }
}
