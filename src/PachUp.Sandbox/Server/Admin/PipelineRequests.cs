using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>Turns pipelines into the requests that create them again, without the fields that a release leaves out.</summary>
internal static class PipelineRequests
{
    private static readonly Release FirstToKeepSalt = new(1, 8, 8);
    private static readonly ReleaseLine V1_7 = new(1, 7);

    public static CreatePipelineRequest Of(PipelineInfo pipeline, Release release)
    {
        var request = Common(pipeline);
        if (ReleaseTraits.Of(release).ExtractsOutputs)
            AddAll(request, pipeline);
        else if (release.Line == V1_7)
            AddV1_7(request, pipeline);
        else if (release.WithoutSuffix() == FirstToKeepSalt)
            AddV1_8_8(request, pipeline);

        return request.Clone();
    }

    private static CreatePipelineRequest Common(PipelineInfo pipeline) => new()
    {
        Pipeline = pipeline.Pipeline,
        Transform = pipeline.Transform,
        ParallelismSpec = pipeline.ParallelismSpec,
        Egress = pipeline.Egress,
        OutputBranch = pipeline.OutputBranch,
        ScaleDownThreshold = pipeline.ScaleDownThreshold,
        ResourceRequests = pipeline.ResourceRequests,
        ResourceLimits = pipeline.ResourceLimits,
        Input = pipeline.Input,
        Description = pipeline.Description,
        CacheSize = pipeline.CacheSize,
        EnableStats = pipeline.EnableStats,
        Batch = pipeline.Batch,
        MaxQueueSize = pipeline.MaxQueueSize,
        Service = pipeline.Service,
        ChunkSpec = pipeline.ChunkSpec,
        DatumTimeout = pipeline.DatumTimeout,
        JobTimeout = pipeline.JobTimeout,
    };

    private static void AddV1_7(CreatePipelineRequest request, PipelineInfo pipeline)
    {
        request.Incremental = pipeline.Incremental;
        request.Salt = pipeline.Salt;
    }

    private static void AddV1_8_8(CreatePipelineRequest request, PipelineInfo pipeline)
    {
        request.Salt = pipeline.Salt;
        request.HashtreeSpec = pipeline.HashtreeSpec;
    }

    private static void AddAll(CreatePipelineRequest request, PipelineInfo pipeline)
    {
        request.Salt = pipeline.Salt;
        request.HashtreeSpec = pipeline.HashtreeSpec;
        request.Standby = pipeline.Standby;
        request.DatumTries = pipeline.DatumTries;
        request.SchedulingSpec = pipeline.SchedulingSpec;
        request.PodSpec = pipeline.PodSpec;
        request.PodPatch = pipeline.PodPatch;
        request.Spout = pipeline.Spout;
        request.TfJob = pipeline.TfJob;
        request.S3Out = pipeline.S3Out;
        request.Metadata = pipeline.Metadata;
        request.SidecarResourceLimits = pipeline.SidecarResourceLimits;
        request.Autoscaling = pipeline.Autoscaling;
        request.ReprocessSpec = pipeline.ReprocessSpec;
    }
}
