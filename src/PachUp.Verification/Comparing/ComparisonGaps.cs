using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Comparing;

/// <summary>
/// What two places of different kinds cannot be compared in. It is left out of the comparison and said, so that nobody takes silence for agreement.
/// </summary>
/// <param name="source">The one.</param>
/// <param name="target">The other.</param>
internal sealed class ComparisonGaps(ComparedInventory source, ComparedInventory target)
{
    private bool TellsStopped => source.TellsStopped && target.TellsStopped;

    private bool AreWhole => source.IsWhole && target.IsWhole;

    private ImmutableHashSet<string> SilentOutputs => source.SilentOutputs.Union(target.SilentOutputs);

    /// <summary>Whether objects and tags could not be listed on a cluster that answers.</summary>
    public bool HasClosedObjects => source.Access is { IsThere: false } || target.Access is { IsThere: false };

    /// <summary>What the gaps are, each in a sentence.</summary>
    public ImmutableArray<string> Sentences =>
    [
        .. Say(!TellsStopped, "Whether pipelines are stopped: an archive does not say it."),
        .. Say(!AreWhole, "Sizes of commits, and whether they are open: archives of releases before 1.9.6 do not say it."),
        .. Say(source.IsWhole != target.IsWhole, "Fields of pipelines that the archive does not have: extracts before 1.9.6 leave some out."),
        .. Say(!SilentOutputs.IsEmpty, $"The output of {Words.Count(SilentOutputs.Count, "pipeline")}: extracts before 1.9.6 leave it out."),
        .. SayClosed("source", source.Access),
        .. SayClosed("target", target.Access),
        .. Say(
            !HasClosedObjects && source.Inventory.Objects is null != target.Inventory.Objects is null,
            "Objects and tags: one side holds metadata only, or did not count them."),
    ];

    /// <summary>What is expected, without what one of the two cannot say.</summary>
    public Foresight Narrow(Foresight foresight)
    {
        var silent = SilentOutputs;
        var expected = foresight.Expected;
        return foresight with
        {
            RecomputedRepos = foresight.RecomputedRepos.Union(silent),
            Comparison = Narrow(foresight.Comparison),
            Expected = expected with
            {
                Repos = [.. expected.Repos.Select(repo => silent.Contains(repo.Name) ? repo with { Branches = [], Commits = [] } : repo)],
                Pipelines = source.IsWhole ? expected.Pipelines : FilledFrom(target.Inventory, expected.Pipelines),
            },
        };
    }

    /// <summary>What is there, with what it cannot say filled in from what is expected.</summary>
    public ClusterInventory Widen(ClusterInventory actual, ClusterInventory expected) =>
        target.IsWhole || !source.IsWhole ? actual : actual with { Pipelines = FilledFrom(expected, actual.Pipelines) };

    /// <summary>What can be expected of a target where nothing but an archive says what the source held.</summary>
    public static Foresight OfArchiveAlone(Foresight foresight, ClusterInventory actual) => foresight with
    {
        Comparison = foresight.Comparison with { CommitSizes = false, CommitStates = false },
        Expected = foresight.Expected with { Pipelines = FilledFrom(actual, foresight.Expected.Pipelines) },
    };

    private ComparisonOptions Narrow(ComparisonOptions comparison) => comparison with
    {
        Stopped = comparison.Stopped && TellsStopped,
        CommitSizes = comparison.CommitSizes && AreWhole,
        CommitStates = comparison.CommitStates && AreWhole,
    };

    private static ImmutableArray<PipelineInventory> FilledFrom(ClusterInventory other, ImmutableArray<PipelineInventory> pipelines) =>
    [
        .. pipelines.Select(pipeline => other.FindPipeline(pipeline.Name) is { } known
            ? pipeline with { Info = PipelineSpecs.WithUnsetFrom(pipeline.Info, known.Info) }
            : pipeline),
    ];

    private static string[] SayClosed(string name, ObjectAccess? access) =>
        Say(access is { IsThere: false }, $"Objects and tags: on the {name} they are {access} (--{name}-peer). Files are read in their place.");

    private static string[] Say(bool isGap, string sentence) => isGap ? [sentence] : [];
}
