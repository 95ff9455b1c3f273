using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Data;
using PachUp.Sandbox.Server.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>The workers of all pipelines: they finish the output commits whose inputs are finished, pipeline by pipeline.</summary>
internal sealed class PipelineWorkers(Pachd pachd, OpenOutputs outputs, PipelineShelf pipelines, Jobs jobs, JobRunner runner)
{
    /// <summary>Works on all that is ready.</summary>
    /// <param name="cancellationToken">Stops it between two jobs.</param>
    /// <returns>Whether anything was done; what was finished may have made more ready.</returns>
    public bool WorkOnce(CancellationToken cancellationToken)
    {
        var ready = outputs.Ready();
        SetStates(ready.Select(output => output.Pipeline.Pipeline.Name).ToHashSet());
        if (ready.Count == 0)
            return false;

        var underWay = jobs.UnderWay();
        var newest = ready.GroupBy(output => output.Pipeline.Pipeline.Name).Select(pipeline => pipeline.Last().Id).ToHashSet();
        var done = ready.TakeWhile(_ => !cancellationToken.IsCancellationRequested)
            .Where(output => Work(output, underWay.GetValueOrDefault(output.Id), newest.Contains(output.Id)))
            .ToList();
        return done.Count > 0;
    }

    private bool Work(OutputCommit output, EtcdJobInfo? job, bool isNewest)
    {
        try
        {
            if (output.Pipeline.Service is not null)
                return runner.Serve(output, job, isNewest);

            runner.Run(output, job);
            return true;
        }
        catch (Exception e) when (e is PachdError or DataDirectoryException)
        {
            // The commit or its pipeline was deleted meanwhile, or cannot be finished, or the disk has no room for the output; whatever changes
            // next is looked at again.
            return false;
        }
    }

    /// <summary>A pipeline that started is running, or in standby where it asked for that and has nothing to do.</summary>
    private void SetStates(HashSet<string> busy) => pachd.Metadata.Do(() =>
    {
        foreach (var pipeline in pipelines.Running())
        {
            var name = pipeline.Pipeline.Name;
            var state = pipeline.Standby && !busy.Contains(name) ? PipelineState.PipelineStandby : PipelineState.PipelineRunning;
            if (pachd.Metadata.Pipelines.Get(name).State != state)
                pachd.Metadata.Pipelines.Update(name, record => record.State = state);
        }
    });
}
