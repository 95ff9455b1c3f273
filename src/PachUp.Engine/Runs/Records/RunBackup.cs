using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Engine.State;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs.Records;

/// <summary>Tells the user where the backup of the source is and how to restore it by hand, if the rollback fails too.</summary>
internal static class RunBackup
{
    /// <summary>More names than that do not fit on a screen.</summary>
    private const int MostNames = 40;

    /// <summary>The instructions, line by line.</summary>
    public static ImmutableArray<string> Describe(RunDirectory run, PlanPreview plan) =>
    [
        .. plan.IsInPlace ? [VolumesOf(plan)] : Array.Empty<string>(),
        .. DescribeArchive(run, plan),
        .. DescribePaused(run, plan),
        $"The inventory of the source is \"{InventoryOf(run)}\". To compare: {HowToCompare(plan.Source)}.",
    ];

    private static string HowToCompare(ClusterFacts source) => source.Description is { } place
        ? $"\"pachup verify --source FILE\", with the options that name {place}"
        : $"\"pachup verify --source FILE --target {source.Address}\"";

    private static string VolumesOf(PlanPreview plan) =>
        $"The volumes of the old release were kept. To get the source back, deploy {plan.Source.Release} again on them at {plan.Source.ShownAddress}.";

    private static IEnumerable<string> DescribeArchive(RunDirectory run, PlanPreview plan)
    {
        if (RunArchive.TryRead(run.Path) is not { Path: var path, Sha256: { } sha256, Bytes: { } bytes })
        {
            return [$"No archive was written yet. The source at {plan.Source.ShownAddress} is the only copy, and the run has not removed anything from it."];
        }

        if (!File.Exists(path) || new FileInfo(path).Length != bytes)
        {
            return [$"The backup was \"{path}\" ({Words.Bytes(bytes)}, SHA-256 {sha256}), but that file {(File.Exists(path) ? "was changed or replaced" : "is gone")}. Look for it before anything else."];
        }

        return
        [
            $"The backup is \"{path}\" ({Words.Bytes(bytes)}), an archive in the format of pachctl. To check it: \"pachup archive verify\".",
            $"To restore it: deploy {plan.Source.Release} with empty metadata storage and the bucket of the source, then run \"pachctl restore < {path}\".",
        ];
    }

    private static IEnumerable<string> DescribePaused(RunDirectory run, PlanPreview plan)
    {
        var paused = JsonFile.TryRead<List<string>>(run.File(RecordFiles.PausedPipelines)) ?? [];
        return paused.Count == 0 ? [] : [$"Start these pipelines of the source, which were running before the run: {Words.FirstOf(paused, MostNames)}.{ListOf(run, paused.Count)}"];
    }

    /// <summary>Where all names are, if the sentence does not have them.</summary>
    private static string ListOf(RunDirectory run, int count) => count > MostNames ? $" All of them are in \"{run.File(RecordFiles.PausedPipelines)}\"." : "";

    private static string InventoryOf(RunDirectory run) =>
        run.File(File.Exists(run.File(RecordFiles.ExtractedSource)) ? RecordFiles.ExtractedSource : RecordFiles.SurveyedSource);
}
