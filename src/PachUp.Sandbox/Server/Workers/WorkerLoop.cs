using Microsoft.Extensions.Hosting;
using PachUp.Sandbox.Server.Data;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>Runs cron inputs and workers while the cluster runs: after each change, and when a tick is due.</summary>
internal sealed class WorkerLoop(Pachd pachd, CronTicker ticker, PipelineWorkers workers) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Waits for the running job to end, even where the host gives less time: the state must not be disposed while a job uses it.</summary>
    public override Task StopAsync(CancellationToken cancellationToken) => base.StopAsync(CancellationToken.None);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Without this the host would only start at the first wait.
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

    /// <summary>Saves the changes. Returns false when the data directory cannot be written; <see cref="SandboxCluster.Failure"/> reports that.</summary>
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

        // A tick may have become due before the delay began.
        if (ticker.UntilNext() is not { } left || left > TimeSpan.Zero)
            await Task.WhenAny(change, delay);

        await wake.CancelAsync();
    }
}
