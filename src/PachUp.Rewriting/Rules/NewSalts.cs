using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Does not send salts if results of datums have another format on the target: every pipeline gets a new salt, so that an old result is never taken
/// for a new one. (Servers that convert operations of 1.7 drop the salts too.)
/// </summary>
public sealed class NewSalts : IRule
{
    private const string Rule = "salt";

    /// <summary>The reason for new salts. Default: the results of datums have another format on the target.</summary>
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
        Why ?? $"results of datums have another format in {draft.Target.Release.Line}, so every datum is processed again");

    private static PipelineInventory WithoutSalt(PipelineInventory pipeline)
    {
        var copy = pipeline.Info.Clone();
        copy.Salt = "";
        return pipeline with { Info = copy };
    }
}
