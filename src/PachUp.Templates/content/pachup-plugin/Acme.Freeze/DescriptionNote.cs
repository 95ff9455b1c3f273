using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace Acme.Freeze;

/// <summary>Adds a note to the description of every pipeline. A rule changes a copy of the spec and returns the changes, field by field.</summary>
public sealed class DescriptionNote : PipelineRule
{
    protected override string Rule => "acme-freeze-note";

    protected override string Why(ReleaseTraits target) => "users of the pipeline see that it was migrated";

    protected override IReadOnlyList<string> Change(PipelineInfo pipeline, ReleaseTraits target)
    {
        var before = pipeline.Description;
        pipeline.Description = $"{before} (moved to {target.Release.Line})".TrimStart();
        return [$"description: \"{before}\" -> \"{pipeline.Description}\""];
    }
}
