using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Pfs;

namespace PachUp.Sandbox.Pps;

/// <summary>
/// Stops and starts pipelines. A stopped one's output branch is computed from nothing, so no commits are started on it; starting gives
/// it back what its spec says.
/// </summary>
internal sealed class PipelineSwitch(PipelineStore pipelines, Branches branches)
{
    public void Stop(Pipeline? pipeline)
    {
        var info = pipelines.Inspect(pipeline);
        SetProvenance(info, []);
        info.Stopped = true;
        pipelines.SetSpec(info.Pipeline.Name, pipelines.WriteSpec(info), PipelineState.PipelinePaused);
    }

    public void Start(Pipeline? pipeline)
    {
        var info = pipelines.Inspect(pipeline);
        info.Stopped = false;
        pipelines.SetSpec(info.Pipeline.Name, pipelines.WriteSpec(info), PipelineState.PipelineRunning);
        SetProvenance(info, [.. PipelineInputs.Branches(info.Input), Refs.Branch(Refs.SpecRepo, info.Pipeline.Name)]);
    }

    /// <summary>Naming the branch as its own head leaves the head where it is.</summary>
    private void SetProvenance(PipelineInfo info, IReadOnlyList<PachUp.Pachyderm.Wire.Pfs.Branch> provenance) =>
        branches.Create(Refs.Branch(info.Pipeline.Name, info.OutputBranch), Refs.Commit(info.Pipeline.Name, info.OutputBranch), provenance);
}
