using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>Pipelines that are handed their last output beside what is new were given up after 1.7.</summary>
public sealed class IncrementalPipelines : PipelineRule
{
    /// <inheritdoc/>
    protected override string Rule => "incremental";

    /// <inheritdoc/>
    protected override string Why(ReleaseTraits target) =>
        $"{target.Release.Line} has no incremental pipelines: the pipeline sees all of a datum each time, and must not count on its last output";

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
