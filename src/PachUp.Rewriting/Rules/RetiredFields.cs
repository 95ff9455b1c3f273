using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Fields that 1.9 gave up: <c>scale_down_threshold</c>, which no 1.9 keeps, and <c>batch</c>, which 1.9.0 keeps and 1.9.12 does not have. It
/// is not known which release between them dropped it; not sending it after 1.9.0 gives the same result on all of them.
/// </summary>
public sealed class RetiredFields : PipelineRule
{
    private static readonly Release LastWithBatch = new(1, 9, 0);

    /// <inheritdoc/>
    protected override string Rule => "retired-field";

    /// <inheritdoc/>
    protected override string Why(ReleaseTraits target) => "Pachyderm gave this field up";

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
