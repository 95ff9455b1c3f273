using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Metadata;
using PachUp.Sandbox.Server.Pps;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>Turns jobs into the requests that create them again.</summary>
internal static class JobRequests
{
    /// <summary>The jobs of a pipeline, newest first.</summary>
    public static IReadOnlyList<CreateJobRequest> Of(MetadataStore metadata, Pipeline pipeline) =>
        [.. metadata.Jobs.List().Select(job => job.Value).Where(job => job.Pipeline.Equals(pipeline)).Select(job => job.CopyTo(new CreateJobRequest()))];
}
