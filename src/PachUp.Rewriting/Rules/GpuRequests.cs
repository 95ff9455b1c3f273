using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>1.7 requests a number of GPUs, 1.8 a number of a kind of GPU. Servers assume NVIDIA's kind.</summary>
public sealed class GpuRequests : PipelineRule
{
    private const string Kind = "nvidia.com/gpu";

    /// <inheritdoc/>
    protected override string Rule => "gpu-kind";

    /// <inheritdoc/>
    protected override string Why(ReleaseTraits target) => $"{target.Release.Line} names the kind of GPU that is requested";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Change(PipelineInfo pipeline, ReleaseTraits target) =>
    [
        .. Change("resource_requests", pipeline.ResourceRequests),
        .. Change("resource_limits", pipeline.ResourceLimits),
    ];

    private static IEnumerable<string> Change(string field, ResourceSpec? resources)
    {
        if (resources is not { GpuUntil1714: not 0 and var number })
        {
            return [];
        }

        resources.GpuUntil1714 = 0;
        resources.Gpu = new GPUSpec { Type = Kind, Number = number };
        return [$"{field}.gpu: {number} -> {number} of {Kind}"];
    }
}
