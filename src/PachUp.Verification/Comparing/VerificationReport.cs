using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Files;
using PachUp.Verification.Listings;

namespace PachUp.Verification.Comparing;

/// <summary>What verification found.</summary>
public sealed record VerificationReport
{
    /// <summary>The number of expected and of existing things of each kind: repos, branches, commits, pipelines, files read, objects, tags.</summary>
    public required ImmutableArray<KindCount> Counts { get; init; }

    /// <summary>Things that are missing and were not announced as such. Of very many objects or tags, the first; see <see cref="LostLists"/>.</summary>
    public ImmutableArray<InventoryItem> Lost { get; init; } = [];

    /// <summary>The files with the names of all lost objects or tags, where <see cref="Lost"/> has only the first.</summary>
    public ImmutableArray<LostList> LostLists { get; init; } = [];

    /// <summary>Things that have other content and were not announced as such.</summary>
    public ImmutableArray<InventoryItem> Changed { get; init; } = [];

    /// <summary>Things that exist but were not expected, for example new commits of pipelines.</summary>
    public ImmutableArray<InventoryItem> Added { get; init; } = [];

    /// <summary>The errors that fsck found on the target; empty if there are none or the release has no fsck.</summary>
    public ImmutableArray<string> FsckErrors { get; init; } = [];

    /// <summary>Differences that the plan announced.</summary>
    public ImmutableArray<AnnouncedChange> Announced { get; init; } = [];

    /// <summary>The results of comparing files; empty if no files were compared.</summary>
    public ImmutableArray<FilesCompared> Files { get; init; } = [];

    /// <summary>
    /// The number of pipelines with finished output on the source. Their output cannot be proved before the target's workers have run.
    /// </summary>
    public int OutputsToProve { get; init; }

    /// <summary>
    /// The number of pipelines with a cron input, which the resume step creates and compares later. They are not in <see cref="Counts"/>.
    /// </summary>
    public int PipelinesAtResume { get; init; }

    /// <summary>What could not be compared, one sentence each.</summary>
    public ImmutableArray<string> NotCompared { get; init; } = [];

    /// <summary>Whether something is lost or changed that was not announced.</summary>
    public bool FoundLoss => Lost.Length > 0 || Changed.Length > 0 || FsckErrors.Length > 0 || Counts.Any(count => count.Kept < count.Expected);

    /// <summary>The report with the results of comparing objects and tags one by one, in place of their numbers.</summary>
    public VerificationReport With(ListingComparison listed) => this with
    {
        Counts =
        [
            .. Counts.Where(count => count.Kind is not (ItemKind.Object or ItemKind.Tag)),
            new KindCount(ItemKind.Object, listed.Objects.Kept, listed.Objects.Expected),
            new KindCount(ItemKind.Tag, listed.Tags.Kept, listed.Tags.Expected),
        ],
        Lost = [.. Lost, .. ItemsOf(ItemKind.Object, listed.Objects), .. ItemsOf(ItemKind.Tag, listed.Tags)],
        LostLists = [.. ListOf(ItemKind.Object, listed.Objects), .. ListOf(ItemKind.Tag, listed.Tags)],
    };

    /// <summary>The report with the results of comparing files.</summary>
    public VerificationReport With(FilesCompared files)
    {
        var read = Counts.FirstOrDefault(count => count.Kind == ItemKind.File) ?? new KindCount(ItemKind.File, 0, 0);
        return this with
        {
            Counts =
            [
                .. Counts.Where(count => count.Kind != ItemKind.File),
                read with { Kept = read.Kept + files.Kept, Expected = read.Expected + files.Files },
            ],
            Lost = [.. Lost, .. files.Lost],
            Changed = [.. Changed, .. files.Changed],
            Files = [.. Files, files],
        };
    }

    private static IEnumerable<InventoryItem> ItemsOf(ItemKind kind, ListedThings listed) => listed.Lost.Select(name => new InventoryItem(kind, name));

    private static LostList[] ListOf(ItemKind kind, ListedThings listed) => listed.FileOfLost is { } file ? [new LostList(kind, file)] : [];
}
