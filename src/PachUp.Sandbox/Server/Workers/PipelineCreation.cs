using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>
/// Creates pipelines and lets their cron inputs tick. The server looks at a new pipeline at once, so the first tick that was missed is there before
/// any other call. The other ticks follow one after the other.
/// </summary>
internal sealed class PipelineCreation(PipelineCreator creator, CronTicker ticker)
{
    public void Create(CreatePipelineRequest request)
    {
        creator.Create(request);
        ticker.TickOnce();
    }
}
