using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>Releases after 1.7 have no incremental pipelines, which get their last output together with the new input.</summary>
public sealed class IncrementalPipelines : PipelineRule
{
    /// <inheritdoc/>
    protected override string Rule => "incremental";

    /// <inheritdoc/>
    protected override string Why(ReleaseTraits target) =>
        $"{target.Release.Line} has no incremental pipelines: the pipeline sees the whole datum each time, and must not rely on its last output";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Change(PipelineInfo pipeline, ReleaseTraits target)
    {
        if (!pipeline.Incremental)
        {
            return [];
        }

        pipeline.Incremental = false;
        return ["incremental: true -> none"];
    }
}
