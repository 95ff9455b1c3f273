using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Engine.Conversions;

/// <summary>The cluster that an archive describes, completed from the other inputs, and findings about what is still unknown.</summary>
/// <param name="Inventory">The cluster.</param>
/// <param name="Findings">What is unknown, and what the user has to do because pachctl does not.</param>
internal sealed record ConversionSource(ClusterInventory Inventory, ImmutableArray<Finding> Findings)
{
    private const string LeftOutFields = "salt, standby, datum_tries, scheduling_spec, pod_spec, pod_patch, hashtree_spec, spout";

    /// <exception cref="StepFailedException">The inventory or the cluster is of another line than the archive.</exception>
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
                $"{what} of release {other}, but the archive comes from line {archive.Line}", "Give the cluster, or its inventory, from which the archive was extracted.");
        }
    }

    /// <summary>The archive has the pipeline at the time of the extract. The listing fills in the fields that the archive lacks.</summary>
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
            "Does the archive describe the cluster completely?",
            ReleaseTraits.Of(archive.Release).ExtractsOutputs || names.Count == 0
                ? CheckResult.Passed("The archive lacks no known field")
                : CheckResult.Warning(
                    $"an extract of line {archive.Release.Line} does not contain everything. These are missing: fields of the pipelines below "
                        + $"({LeftOutFields}), which pipelines were stopped, and repos with a branch that has provenance",
                    "While the source cluster is running, give it with --pipelines-from HOST:PORT. Or give the inventory that a run saved with --inventory FILE. "
                        + "Otherwise the target uses its default values.",
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
                ? CheckResult.Passed("The cluster has all pipelines of the archive. Their missing fields are filled in")
                : CheckResult.Warning(
                    $"{Words.Count(missing.Count, "pipeline")} of the archive no longer {(missing.Count == 1 ? "exists" : "exist")} in the cluster. The target uses its default values for "
                        + $"the fields that the extract leaves out ({LeftOutFields})",
                    "After the restore, compare these pipelines with your own copies of their specs.",
                    missing));
    }

    private static Finding Sizes(ClusterInventory archive, Release target)
    {
        var unknown = ReleaseTraits.Of(target).BuildsCommitsWhole && !ReleaseTraits.Of(archive.Release).ExtractsOutputs ? archive.CountCommits() : 0;
        return Answer(
            "commit-sizes",
            "Will the target know the sizes of the commits?",
            unknown == 0
                ? CheckResult.Passed("The target computes the sizes, or the archive contains them")
                : CheckResult.Warning(
                    $"{target} will show a size of 0 for {Words.Count(unknown, "commit")}: it reads sizes from the archive, and the archive has none",
                    "The files are not affected. To add the sizes, give an inventory with --inventory FILE."));
    }

    /// <summary>A cron pipeline starts when pachctl restores it. Cron pipelines therefore come last in the archive.</summary>
    public static Finding Ticking(ClusterInventory expected)
    {
        var ticking = expected.Pipelines.Where(CronPipelines.ComesLast).Select(pipeline => $"pipeline {pipeline.Name}").ToList();
        return Answer(
            "ticking-pipelines",
            "Do pipelines with a cron input run?",
            ticking.Count == 0
                ? CheckResult.Passed("No pipeline that runs has a cron input")
                : CheckResult.Warning(
                    $"{Words.Count(ticking.Count, "pipeline")} with a cron input {(ticking.Count == 1 ? "starts" : "start")} at the end of the restore",
                    "pachd immediately creates all ticks that were due since the newest tick. To skip missed ticks, migrate with \"pachup apply\".",
                    ticking));
    }

    private static Finding Stopped(ClusterInventory source)
    {
        var stopped = source.Pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => $"pipeline {pipeline.Name}").ToList();
        return Answer(
            "stopped-pipelines",
            "Were pipelines stopped on the source?",
            stopped.Count == 0
                ? CheckResult.Passed("No pipeline was stopped")
                : CheckResult.Warning(
                    $"{Words.Count(stopped.Count, "stopped pipeline")} will run after the restore: an archive does not record that a pipeline is stopped",
                    "Stop them as soon as \"pachctl restore\" has ended. Or migrate with \"pachup apply\", which keeps them stopped.",
                    stopped));
    }

    private static Finding Answer(string name, string question, CheckResult result) => new(name, question, result, Accepted: false);
}
