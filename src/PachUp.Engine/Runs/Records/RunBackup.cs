using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Engine.State;
using PachUp.Pachyderm.Archives;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs.Records;

/// <summary>Where the state of the source is, and how to bring it back by hand: for the moment when undoing fails too.</summary>
internal static class RunBackup
{
    /// <summary>Says it, line by line.</summary>
    public static ImmutableArray<string> Describe(RunDirectory run, PlanPreview plan) =>
    [
        .. plan.IsInPlace ? [VolumesOf(plan)] : Array.Empty<string>(),
        .. DescribeArchive(run, plan),
        .. DescribePaused(run, plan),
        $"What the source held is listed in \"{InventoryOf(run)}\"; compare with \"pachup verify --source FILE --target {plan.Source.Address}\".",
    ];

    private static string VolumesOf(PlanPreview plan) =>
        $"The volumes of the old release were kept: {plan.Source.Release} deployed again on them at {plan.Source.Address} is the source as it was.";

    private static IEnumerable<string> DescribeArchive(RunDirectory run, PlanPreview plan)
    {
        if (JsonFile.TryRead<string>(run.File(RecordFiles.ArchivePath)) is not { } path || !File.Exists(path) || !File.Exists(path + ArchiveManifest.FileSuffix))
        {
            return [$"No archive was written yet; the source at {plan.Source.Address} is the only copy, and nothing was taken from it."];
        }

        return
        [
            $"The backup is \"{path}\" ({Words.Bytes(new FileInfo(path).Length)}), an archive as pachctl writes it; \"pachup archive verify\" checks it.",
            $"To restore it: deploy {plan.Source.Release} on fresh metadata storage with the bucket of the source, then \"pachctl restore < {path}\".",
        ];
    }

    private static IEnumerable<string> DescribePaused(RunDirectory run, PlanPreview plan)
    {
        var paused = JsonFile.TryRead<List<string>>(run.File(RecordFiles.PausedPipelines)) ?? [];
        return paused.Count == 0 ? [] : [$"These pipelines of the source ran before and have to be started: {string.Join(", ", paused)}."];
    }

    private static string InventoryOf(RunDirectory run) =>
        run.File(File.Exists(run.File(RecordFiles.ExtractedSource)) ? RecordFiles.ExtractedSource : RecordFiles.SurveyedSource);
}
