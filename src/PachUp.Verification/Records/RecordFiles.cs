namespace PachUp.Verification.Records;

/// <summary>The names of the files in the run directory in which steps record what they found out and did.</summary>
public static class RecordFiles
{
    /// <summary>The inventory of the source when the plan was made.</summary>
    public const string SurveyedSource = "survey.inventory.json";

    /// <summary>The inventory of the source at the extract, with its pipelines as they were before the pause.</summary>
    public const string ExtractedSource = "source.inventory.json";

    /// <summary>The objects of the source; see <see cref="Listings.ObjectListing"/>. Only if they could be listed.</summary>
    public const string SourceObjects = "source.objects";

    /// <summary>The tags of the source; see <see cref="Listings.ObjectListing"/>. Only if they could be listed.</summary>
    public const string SourceTags = "source.tags";

    /// <summary>The names of all lost objects, one in a line; only if there are too many for the record of the verification.</summary>
    public const string LostObjects = "lost-objects.txt";

    /// <summary>The same for tags.</summary>
    public const string LostTags = "lost-tags.txt";

    /// <summary>Exists if all facts about the source come from an archive without other files.</summary>
    public const string ArchiveAlone = "archive-alone";

    /// <summary>The facts about the source's files at the extract, one file for each commit; only if the plan asks for it.</summary>
    public const string SourceFiles = "source-files";

    /// <summary>The finished output of the source's pipelines at the extract.</summary>
    public const string SourceOutputs = "source-outputs.json";

    /// <summary>Which new commits hold the files of which commits of the source; only for a reload.</summary>
    public const string LoadedCommits = "loaded-commits.json";

    /// <summary>The files of the source's output, one file for each branch head.</summary>
    public const string SourceOutputFiles = "source-outputs";

    /// <summary>The inventory of the target when it was verified.</summary>
    public const string Target = "target.inventory.json";

    /// <summary>The path and the hash of the archive that the run writes; see <see cref="RunArchive"/>.</summary>
    public const string Archive = "archive.json";

    /// <summary>The pipelines that the run stopped on the source.</summary>
    public const string PausedPipelines = "paused-pipelines.json";

    /// <summary>The pipelines that the run keeps stopped on the target until everything has arrived.</summary>
    public const string HeldBackPipelines = "held-back-pipelines.json";

    /// <summary>The pipelines that are created on the target after everything else has arrived.</summary>
    public const string PipelinesAtResume = "pipelines-at-resume.json";

    /// <summary>The result of the verification.</summary>
    public const string Verification = "verification.json";

    /// <summary>The result of the comparison after the target's workers have run.</summary>
    public const string AfterWork = "after-work.json";

    /// <summary>What the last look at the source found; see <see cref="PachUp.Verification.LateWrites.LateWriteReport"/>.</summary>
    public const string LateWrites = "late-writes.json";

    /// <summary>What the catch-ups of the run have carried, pass by pass.</summary>
    public const string CarriedLateWrites = "carried-late-writes.json";

    /// <summary>When the pipelines of the target were started. From then on it has a life of its own.</summary>
    public const string Resumed = "resumed.json";

    /// <summary>Data that no release can carry; see <see cref="Records.UncarriedRecord"/>.</summary>
    public const string LeftBehind = "left-behind.json";

    /// <summary>The folder with the files of open commits.</summary>
    public const string OpenCommits = "open-commits";
}
