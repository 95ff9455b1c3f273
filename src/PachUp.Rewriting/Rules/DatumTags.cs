using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// The results of datums, which workers find by tags, refer to blocks by name from 1.8 on. A target that is sent the objects puts them into
/// blocks of its own, so a worker that found such a tag would skip the datum, and its output could not be read. The rewriter leaves these tags out.
/// </summary>
public sealed class DatumTags : IRule
{
    private const string Rule = "datum-tag";
    private const string AllDatums = "all datums";

    /// <summary>Whether the target is not given them. Where the bucket is shared or copied, they are in it.</summary>
    public static bool StayBehind(Draft draft) => draft.Options.CarriesObjects && draft.Target.OutputNamesBlocks;

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => StayBehind(draft) && !draft.Carried.Pipelines.IsEmpty
        ? draft.Announce([new AnnouncedChange(ChangeKind.LeftOut, new InventoryItem(ItemKind.Tag, AllDatums, "their results"), Rule, Why(draft))]) with
        {
            // Other tags are counted with them, and arrive.
            Carried = draft.Carried with { Tags = null },
        }
        : draft;

    private static string Why(Draft draft) => ReleaseTraits.Of(draft.Source.Release).OutputNamesBlocks
        ? "content is sent as objects, which the target puts into new blocks, and results name the old ones; a copy of the bucket keeps them"
        : $"results of datums have another form in {draft.Target.Release.Line}";
}
