using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>
/// Stops and starts pipelines. Stopping removes the provenance of the output branch, so that no commits are started on it. Starting restores the
/// provenance from the spec.
/// </summary>
internal sealed class PipelineSwitch(PpsTraits traits, PipelineStore pipelines, OutputBranches outputs)
{
    public void Stop(Pipeline? pipeline)
    {
        var info = pipelines.Inspect(pipeline);
        outputs.SetProvenance(info, []);
        info.Stopped = true;
        pipelines.SetSpec(info, pipelines.WriteSpec(info), PipelineState.PipelinePaused);
    }

    public void Start(Pipeline? pipeline)
    {
        var info = pipelines.Inspect(pipeline);
        info.Stopped = false;
        if (!traits.WritesSpecBeforeStart)
            outputs.SetProvenance(info, OutputBranches.InputsOf(info));

        pipelines.SetSpec(info, pipelines.WriteSpec(info), PipelineState.PipelineRunning);
        if (traits.WritesSpecBeforeStart)
            outputs.SetProvenance(info, OutputBranches.InputsOf(info));
    }
}
