using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Engine.Conversions;

/// <summary>The cluster that an archive describes, completed by what else was given, and what is still not known of it.</summary>
/// <param name="Inventory">The cluster.</param>
/// <param name="Findings">What is not known, and what pachctl does not do by itself.</param>
internal sealed record ConversionSource(ClusterInventory Inventory, ImmutableArray<Finding> Findings)
{
    private const string LeftOutFields = "salt, standby, datum_tries, scheduling_spec, pod_spec, pod_patch, hashtree_spec, spout";

    /// <exception cref="StepFailedException">What was given is of another line than the archive.</exception>
    public static async Task<ConversionSource> CompleteAsync(ClusterInventory archive, ConversionRequest request, CancellationToken cancellationToken)
    {
        if (request.Inventory is { } path)
        {
            var saved = await InventoryFile.ReadAsync(path, cancellationToken);
            ThrowIfOfAnotherLine(archive.Release, saved.Release, $"the inventory \"{path}\" is");
            return new ConversionSource(saved, [Stopped(saved)]);
        }

        if (request.PipelinesFrom is { } client)
        {
            var release = await client.GetReleaseAsync(cancellationToken);
            ThrowIfOfAnotherLine(archive.Release, release, $"the cluster at {client.Address} is");
            var listed = await client.ListPipelinesAsync(cancellationToken);
            var filled = archive with { Pipelines = [.. archive.Pipelines.Select(pipeline => FillIn(pipeline, listed))] };
            return new ConversionSource(filled, [NotListed(archive, listed), Stopped(filled), Sizes(archive, request.Target)]);
        }

        return new ConversionSource(archive, [Alone(archive), Sizes(archive, request.Target)]);
    }

    private static void ThrowIfOfAnotherLine(Release archive, Release other, string what)
    {
        if (other.Line != archive.Line)
        {
            throw StepFailedException.Refused(
                $"{what} of {other}, and the archive comes from {archive.Line}", "Give those of the cluster that the archive was extracted from.");
        }
    }

    /// <summary>The archive says what the pipeline was when it was extracted; the listing fills in what the archive does not say.</summary>
    private static PipelineInventory FillIn(PipelineInventory pipeline, IEnumerable<PipelineInfo> listed)
    {
        if (listed.FirstOrDefault(info => info.Pipeline?.Name == pipeline.Name) is not { } info)
        {
            return pipeline;
        }

        var request = PipelineSpecs.ToRequest(pipeline.Info);
        PipelineSpecs.FillIn(request, info);
        return pipeline with { Info = PipelineSpecs.ToInfo(request), Stopped = info.Stopped };
    }

    private static Finding Alone(ClusterInventory archive)
    {
        var names = archive.Pipelines.Select(pipeline => $"pipeline {pipeline.Name}").ToList();
        return Answer(
            "archive-alone",
            "Does the archive tell everything about its cluster?",
            ReleaseTraits.Of(archive.Release).ExtractsOutputs || names.Count == 0
                ? CheckResult.Passed("Nothing is known to be missing from it")
                : CheckResult.Warning(
                    $"the extract of {archive.Release.Line} leaves things out, and an archive alone cannot tell them: fields of the pipelines below "
                        + $"({LeftOutFields}), which of them were stopped, and repos of which a branch has provenance",
                    "Give the cluster with --pipelines-from HOST:PORT while it is there, or the inventory that a run kept with --inventory FILE. "
                        + "Otherwise the target takes its defaults.",
                    names));
    }

    private static Finding NotListed(ClusterInventory archive, IEnumerable<PipelineInfo> listed)
    {
        var known = listed.Select(info => info.Pipeline?.Name).ToHashSet();
        var missing = archive.Pipelines.Where(pipeline => !known.Contains(pipeline.Name)).Select(pipeline => $"pipeline {pipeline.Name}").ToList();
        return Answer(
            "pipelines-listed",
            "Does the cluster still have the pipelines of the archive?",
            missing.Count == 0
                ? CheckResult.Passed("It lists all pipelines of the archive, and their missing fields are filled in")
                : CheckResult.Warning(
                    $"the cluster no longer has {Words.Count(missing.Count, "pipeline")} of the archive, so the target takes its defaults for "
                        + $"what the extract leaves out ({LeftOutFields})",
                    "Compare them after the restore with the specs that you keep elsewhere.",
                    missing));
    }

    private static Finding Sizes(ClusterInventory archive, Release target)
    {
        var unknown = ReleaseTraits.Of(target).BuildsCommitsWhole && !ReleaseTraits.Of(archive.Release).ExtractsOutputs ? archive.CountCommits() : 0;
        return Answer(
            "commit-sizes",
            "Does the target get to know the sizes of commits?",
            unknown == 0
                ? CheckResult.Passed("It finds them out by itself, or the archive says them")
                : CheckResult.Warning(
                    $"{target} will show a size of 0 for {Words.Count(unknown, "commit")}: it takes sizes from operations, and the archive has none",
                    "The files are not affected. An inventory (--inventory FILE) tells the sizes."));
    }

    /// <summary>What pachctl restores begins to tick when its pipeline is created, so these come last in the archive.</summary>
    public static Finding Ticking(ClusterInventory expected)
    {
        var ticking = expected.Pipelines.Where(CronPipelines.ComesLast).Select(pipeline => $"pipeline {pipeline.Name}").ToList();
        return Answer(
            "ticking-pipelines",
            "Are there pipelines that a clock starts?",
            ticking.Count == 0
                ? CheckResult.Passed("No pipeline that runs has a cron input")
                : CheckResult.Warning(
                    $"{Words.Count(ticking.Count, "pipeline")} with a cron input {(ticking.Count == 1 ? "begins" : "begin")} to tick during the restore, behind everything else",
                    "pachd makes up at once what was due since the newest tick. Migrate with \"pachup apply\" to have missed ticks skipped.",
                    ticking));
    }

    private static Finding Stopped(ClusterInventory source)
    {
        var stopped = source.Pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => $"pipeline {pipeline.Name}").ToList();
        return Answer(
            "stopped-pipelines",
            "Are there pipelines that were stopped?",
            stopped.Count == 0
                ? CheckResult.Passed("No pipeline was stopped")
                : CheckResult.Warning(
                    $"{Words.Count(stopped.Count, "pipeline")} that {(stopped.Count == 1 ? "was" : "were")} stopped will run: an archive cannot say it",
                    "Stop them as soon as \"pachctl restore\" has ended, or migrate with \"pachup apply\", which does.",
                    stopped));
    }

    private static Finding Answer(string name, string question, CheckResult result) => new(name, question, result, Accepted: false);
}
