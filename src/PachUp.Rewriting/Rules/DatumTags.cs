using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Leaves out the tags by which workers find the results of datums. From 1.8 on, results name blocks. A target that is sent objects puts them into
/// new blocks, so a worker that found an old result would skip the datum, and its output could not be read.
/// </summary>
public sealed class DatumTags : IRule
{
    private const string Rule = "datum-tag";

    /// <summary>Whether these tags are left out. If the bucket is shared or copied, it contains them.</summary>
    public static bool StayBehind(Draft draft) => draft.Options.CarriesObjects && draft.Target.OutputNamesBlocks;

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => StayBehind(draft) && !draft.Carried.Pipelines.IsEmpty
        ? draft.Announce([new AnnouncedChange(ChangeKind.LeftOut, new InventoryItem(ItemKind.Tag, InventoryItem.AllDatums, "their results"), Rule, Why(draft))]) with
        {
            // The number of tags also counts other tags, which do arrive.
            Carried = draft.Carried with { Tags = null },
        }
        : draft;

    private static string Why(Draft draft) => ReleaseTraits.Of(draft.Source.Release).OutputNamesBlocks
        ? "content is sent as objects, which the target puts into new blocks, but results name the old blocks; a copy of the bucket keeps them"
        : $"results of datums have another format in {draft.Target.Release.Line}";
}
