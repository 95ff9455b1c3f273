using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Data;
using PachUp.Sandbox.Server.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>The workers of all pipelines. They finish output commits whose inputs are finished.</summary>
internal sealed class PipelineWorkers(Pachd pachd, OpenOutputs outputs, PipelineSpecs pipelines, Jobs jobs, JobRunner runner)
{
    /// <summary>Processes all output commits that are ready.</summary>
    /// <param name="cancellationToken">Stops it between two jobs.</param>
    /// <returns>Whether a commit was finished. If so, more commits may be ready.</returns>
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
            // The commit or its pipeline was deleted meanwhile, the commit cannot be finished, or the disk is full. The next change starts another attempt.
            return false;
        }
    }

    /// <summary>Sets started pipelines to running, or to standby if their spec says so and they have no work.</summary>
    private void SetStates(HashSet<string> busy) => pachd.Metadata.InTransaction(() =>
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
