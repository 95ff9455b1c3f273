using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>Announces what jobs lose that are in the stream: the server gives them new ids, and their logs stay on the source.</summary>
public sealed class RestoredJobs : IRule
{
    private const string Rule = "jobs";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Carried.Pipelines.IsEmpty ? draft : draft.Announce(
    [
        new AnnouncedChange(
            ChangeKind.Changed,
            Items.Pipeline(InventoryItem.AllPipelines, "ids of their jobs; logs are left out"),
            Rule,
            "a restored job gets a new id, and the stream contains no logs"),
    ]);
}
