using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Comparing;

/// <summary>
/// The facts that cannot be compared because one of the two places does not tell them. They are left out of the comparison and named in the report.
/// </summary>
/// <param name="source">The expected state.</param>
/// <param name="target">The actual state.</param>
internal sealed class ComparisonGaps(ComparedInventory source, ComparedInventory target)
{
    private bool TellsStopped => source.TellsStopped && target.TellsStopped;

    private bool AreWhole => source.IsWhole && target.IsWhole;

    private ImmutableHashSet<string> SilentOutputs => source.SilentOutputs.Union(target.SilentOutputs);

    /// <summary>Whether a live cluster does not let its objects and tags be listed.</summary>
    public bool HasClosedObjects => source.Access is { IsThere: false } || target.Access is { IsThere: false };

    /// <summary>The gaps, one sentence each.</summary>
    public ImmutableArray<string> Sentences =>
    [
        .. Say(!TellsStopped, "Whether pipelines are stopped: an archive does not tell this."),
        .. Say(!AreWhole, "Sizes of commits, and whether commits are open: archives of releases before 1.9.6 do not tell this."),
        .. Say(source.IsWhole != target.IsWhole, "Fields of pipelines that the archive does not contain: extracts before 1.9.6 leave some out."),
        .. Say(!SilentOutputs.IsEmpty, $"The output of {Words.Count(SilentOutputs.Count, "pipeline")}: extracts before 1.9.6 leave it out."),
        .. SayClosed("source", source.Access),
        .. SayClosed("target", target.Access),
        .. Say(
            !HasClosedObjects && source.Inventory.Objects is null != target.Inventory.Objects is null,
            "Objects and tags: one side contains only metadata, or did not count them."),
    ];

    /// <summary>The expected state, without the facts that one of the two does not tell.</summary>
    public ExpectedTarget Narrow(ExpectedTarget expectedTarget)
    {
        var silent = SilentOutputs;
        var expected = expectedTarget.Inventory;
        return expectedTarget with
        {
            RecomputedRepos = expectedTarget.RecomputedRepos.Union(silent),
            Comparison = Narrow(expectedTarget.Comparison),
            Inventory = expected with
            {
                Repos = [.. expected.Repos.Select(repo => silent.Contains(repo.Name) ? repo with { Branches = [], Commits = [] } : repo)],
                Pipelines = source.IsWhole ? expected.Pipelines : FilledFrom(target.Inventory, expected.Pipelines),
            },
        };
    }

    /// <summary>The actual state; facts that it does not tell are filled in from the expected state.</summary>
    public ClusterInventory Widen(ClusterInventory actual, ClusterInventory expected) =>
        target.IsWhole || !source.IsWhole ? actual : actual with { Pipelines = FilledFrom(expected, actual.Pipelines) };

    /// <summary>The expected state of a target if only an archive tells what the source contained.</summary>
    public static ExpectedTarget OfArchiveAlone(ExpectedTarget expectedTarget, ClusterInventory actual) => expectedTarget with
    {
        Comparison = expectedTarget.Comparison with { CommitSizes = false, CommitStates = false },
        Inventory = expectedTarget.Inventory with { Pipelines = FilledFrom(actual, expectedTarget.Inventory.Pipelines) },
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
        Say(access is { IsThere: false }, $"Objects and tags of the {name}: {access} (--{name}-peer). PachUp reads files instead.");

    private static string[] Say(bool isGap, string sentence) => isGap ? [sentence] : [];
}
