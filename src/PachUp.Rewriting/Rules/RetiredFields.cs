using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Removes fields that 1.9 does not have any more: <c>scale_down_threshold</c>, which no 1.9 keeps, and <c>batch</c>, which 1.9.0 keeps but 1.9.12
/// does not. It is not known which release between them dropped it, so it is sent only to 1.9.0.
/// </summary>
public sealed class RetiredFields : PipelineRule
{
    private static readonly Release LastWithBatch = new(1, 9, 0);

    /// <inheritdoc/>
    protected override string Rule => "retired-field";

    /// <inheritdoc/>
    protected override string Why(ReleaseTraits target) => "Pachyderm removed this field";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Change(PipelineInfo pipeline, ReleaseTraits target)
    {
        var details = new List<string>();
        if (pipeline.ScaleDownThreshold is not null)
        {
            details.Add($"scale_down_threshold: {pipeline.ScaleDownThreshold.ToTimeSpan().TotalSeconds} s -> none");
            pipeline.ScaleDownThreshold = null;
        }

        if (pipeline.Batch && target.Release.WithoutSuffix() > LastWithBatch)
        {
            details.Add("batch: true -> none");
            pipeline.Batch = false;
        }

        return details;
    }
}
