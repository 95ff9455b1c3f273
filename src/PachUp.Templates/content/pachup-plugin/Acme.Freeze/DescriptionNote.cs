using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace Acme.Freeze;

/// <summary>Notes in the description of every pipeline that it was moved. A rule changes a copy and says so, field by field.</summary>
public sealed class DescriptionNote : PipelineRule
{
    protected override string Rule => "acme-freeze-note";

    protected override string Why(ReleaseTraits target) => "whoever looks at the pipeline sees that it was moved";

    protected override IReadOnlyList<string> Change(PipelineInfo pipeline, ReleaseTraits target)
    {
        var before = pipeline.Description;
        pipeline.Description = $"{before} (moved to {target.Release.Line})".TrimStart();
        return [$"description: \"{before}\" -> \"{pipeline.Description}\""];
    }
}
