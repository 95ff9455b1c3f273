using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Salts are not sent where the results of datums have another form in the target: every pipeline gets a new one, so that no old result is taken
/// for a new one. (Servers that convert operations of 1.7 drop the salts in them as well.)
/// </summary>
public sealed class NewSalts : IRule
{
    private const string Rule = "salt";

    /// <summary>Why they get new ones. Default: the results of datums have another form in the target.</summary>
    public string? Why { get; init; }

    /// <inheritdoc/>
    public Draft Apply(Draft draft) =>
        draft.Announce(draft.Carried.Pipelines.Select(pipeline => Announcement(pipeline, draft))).WithPipelines(WithoutSalt) with
        {
            Comparison = draft.Comparison with { Salts = false },
        };

    private AnnouncedChange Announcement(PipelineInventory pipeline, Draft draft) => new(
        ChangeKind.Changed,
        Items.Pipeline(pipeline.Name, "salt -> a new one"),
        Rule,
        Why ?? $"results of datums have another form in {draft.Target.Release.Line}, so every datum is processed again");

    private static PipelineInventory WithoutSalt(PipelineInventory pipeline)
    {
        var copy = pipeline.Info.Clone();
        copy.Salt = "";
        return pipeline with { Info = copy };
    }
}
