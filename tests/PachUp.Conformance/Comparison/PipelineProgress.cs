using Google.Protobuf.Reflection;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// The state of a pipeline depends on Kubernetes: from starting to running or standby, to failure if Kubernetes refused its workers, or to paused if the
/// pipeline was stopped. All of these count as one state.
/// </summary>
public static class PipelineProgress
{
    private const string RefusedByKubernetes = "RC/service";

    /// <summary>Whether a field is the state of a pipeline.</summary>
    public static bool Is(FieldDescriptor field) => field.FullName == "pps.PipelineInfo.state";

    /// <summary>Whether two pipelines are in the same state, or in states between which only Kubernetes decides.</summary>
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
