using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Files;

namespace PachUp.Verification.Comparing;

/// <summary>What verification found.</summary>
public sealed record VerificationReport
{
    /// <summary>How much of each kind was expected and is there: repos, branches, commits, pipelines, files read, objects, tags.</summary>
    public required ImmutableArray<KindCount> Counts { get; init; }

    /// <summary>What is missing, although nobody announced it.</summary>
    public ImmutableArray<InventoryItem> Lost { get; init; } = [];

    /// <summary>What is there with another content, although nobody announced it.</summary>
    public ImmutableArray<InventoryItem> Changed { get; init; } = [];

    /// <summary>What is there beside what was expected, such as commits that pipelines made meanwhile.</summary>
    public ImmutableArray<InventoryItem> Added { get; init; } = [];

    /// <summary>What the target's own check of its metadata (fsck) found; empty where all is well or the release has no fsck.</summary>
    public ImmutableArray<string> FsckErrors { get; init; } = [];

    /// <summary>What differs as announced.</summary>
    public ImmutableArray<AnnouncedChange> Announced { get; init; } = [];

    /// <summary>What was found in files that were compared one by one; empty where none were.</summary>
    public ImmutableArray<FilesCompared> Files { get; init; } = [];

    /// <summary>How many pipelines had finished output that the target computes or keeps: nothing is known of it before its workers have run.</summary>
    public int OutputsToProve { get; init; }

    /// <summary>How many pipelines with a cron input the step that resumes creates later and compares itself. They are not in <see cref="Counts"/>.</summary>
    public int PipelinesAtResume { get; init; }

    /// <summary>What the two could not be compared in, sentence by sentence.</summary>
    public ImmutableArray<string> NotCompared { get; init; } = [];

    /// <summary>Whether something is lost or changed that nobody announced.</summary>
    public bool FoundLoss => Lost.Length > 0 || Changed.Length > 0 || FsckErrors.Length > 0 || Counts.Any(count => count.Kept < count.Expected);

    /// <summary>The report with what was found in files.</summary>
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
}
