using Google.Protobuf.Reflection;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// How far a pipeline got depends on the Kubernetes that it was recorded on: from starting to running or standby after a while, or to
/// failure where Kubernetes refused its workers, or, where it was stopped, to paused. All of these count as one state.
/// </summary>
public static class PipelineProgress
{
    private const string RefusedByKubernetes = "RC/service";

    /// <summary>Whether a field says how far a pipeline got.</summary>
    public static bool Is(FieldDescriptor field) => field.FullName == "pps.PipelineInfo.state";

    /// <summary>Whether two pipelines are in the same state, or in states that only Kubernetes decides between.</summary>
    public static bool AreEqual(PipelineInfo recorded, PipelineInfo replayed) =>
        recorded.State == replayed.State || (IsUnderway(recorded) && IsUnderway(replayed));

    private static bool IsUnderway(PipelineInfo pipeline) => pipeline.State switch
    {
        PipelineState.PipelineStarting or PipelineState.PipelineRunning or PipelineState.PipelineStandby => true,
        PipelineState.PipelinePaused => pipeline.Stopped,
        PipelineState.PipelineFailure => pipeline.Reason.Contains(RefusedByKubernetes, StringComparison.Ordinal),
        _ => false,
    };
}
