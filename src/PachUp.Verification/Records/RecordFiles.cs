namespace PachUp.Verification.Records;

/// <summary>The names of the files in which the steps of a run record what they found out and did. They lie in the directory of the run.</summary>
public static class RecordFiles
{
    /// <summary>What the source held when the plan was made.</summary>
    public const string SurveyedSource = "survey.inventory.json";

    /// <summary>What the source held when it was extracted, its pipelines as they were before they were paused.</summary>
    public const string ExtractedSource = "source.inventory.json";

    /// <summary>Which objects the source held; see <see cref="Comparing.ObjectListing"/>. Only where they could be listed.</summary>
    public const string SourceObjects = "source.objects";

    /// <summary>Which tags the source held; see <see cref="Comparing.ObjectListing"/>. Only where they could be listed.</summary>
    public const string SourceTags = "source.tags";

    /// <summary>Is there where what is known of the source comes from an archive alone, with nothing beside it.</summary>
    public const string ArchiveAlone = "archive-alone";

    /// <summary>What the files of the source held when it was extracted, a file for each commit; only where a plan asks for it.</summary>
    public const string SourceFiles = "source-files";

    /// <summary>Which output the pipelines of the source had finished when it was extracted.</summary>
    public const string SourceOutputs = "source-outputs.json";

    /// <summary>Which new commits hold the files of which commits of the source; only of a reload.</summary>
    public const string LoadedCommits = "loaded-commits.json";

    /// <summary>The files of that output, a file for each branch head.</summary>
    public const string SourceOutputFiles = "source-outputs";

    /// <summary>What the target held when it was verified.</summary>
    public const string Target = "target.inventory.json";

    /// <summary>The path of the archive that the run writes.</summary>
    public const string ArchivePath = "archive-path.json";

    /// <summary>The pipelines that the run stopped on the source.</summary>
    public const string PausedPipelines = "paused-pipelines.json";

    /// <summary>The pipelines that the run holds back on the target until everything has arrived.</summary>
    public const string HeldBackPipelines = "held-back-pipelines.json";

    /// <summary>The pipelines that are created on the target when everything has arrived.</summary>
    public const string PipelinesAtResume = "pipelines-at-resume.json";

    /// <summary>What verification found.</summary>
    public const string Verification = "verification.json";

    /// <summary>What was found in the output of the target after its workers had run.</summary>
    public const string AfterWork = "after-work.json";

    /// <summary>What no release can carry; see <see cref="Records.LeftBehind"/>.</summary>
    public const string LeftBehind = "left-behind.json";

    /// <summary>The folder with the files of open commits.</summary>
    public const string OpenCommits = "open-commits";
}
