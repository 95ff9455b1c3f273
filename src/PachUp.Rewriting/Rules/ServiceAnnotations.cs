using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Announces annotations of services, which servers from 1.10 on no longer read: they belong to the metadata of the pipeline. The spec travels as a commit,
/// so PachUp cannot move them.
/// </summary>
public sealed class ServiceAnnotations : IRule
{
    private const string Rule = "service-annotations";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => ReleaseTraits.Of(draft.Source.Release).HasPipelineMetadata || !draft.Target.HasPipelineMetadata
        ? draft
        : draft.Announce(draft.Carried.Pipelines.Where(HasAnnotations).Select(pipeline => new AnnouncedChange(
            ChangeKind.Changed,
            Items.Pipeline(pipeline.Name, "service.annotations -> not used"),
            Rule,
            $"{draft.Target.Release.Line} reads metadata.annotations instead; after the migration, update the pipeline with them")));

    private static bool HasAnnotations(PipelineInventory pipeline) =>
        pipeline.Info.Service is { Annotations.Count: > 0 } || pipeline.Info.Spout?.Service is { Annotations.Count: > 0 };
}
