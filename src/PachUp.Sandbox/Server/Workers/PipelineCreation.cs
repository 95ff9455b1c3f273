using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>
/// Creates pipelines and starts their cron inputs. The server does so at once, so the first missed tick is made before any other call. The other missed
/// ticks follow.
/// </summary>
internal sealed class PipelineCreation(PipelineCreator creator, CronTicker ticker)
{
    public void Create(CreatePipelineRequest request)
    {
        creator.Create(request);
        ticker.TickOnce();
    }
}
