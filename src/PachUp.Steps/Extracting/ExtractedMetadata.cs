using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Steps.Extracting;

/// <summary>
/// The operations of an extract that are counted by an inventory: one for each repo, commit, branch and pipeline. Jobs are not among them, because no
/// inventory has their number.
/// </summary>
internal static class ExtractedMetadata
{
    /// <summary>Whether an operation of this kind is one of them.</summary>
    public static bool Has(OperationKind kind) => kind is OperationKind.Repo or OperationKind.Commit or OperationKind.Branch or OperationKind.Pipeline;

    /// <summary>How many an archive contains so far.</summary>
    public static long CountIn(ArchiveSummary summary) => summary.Repos + summary.Commits + summary.Branches + summary.Pipelines;

    /// <summary>How many an extract of the source will contain. Extracts before 1.9.6 leave out the output repos of pipelines.</summary>
    public static long ExpectedOf(ClusterInventory source)
    {
        var leavesOutOutputs = !ReleaseTraits.Of(source.Release).ExtractsOutputs;
        var repos = source.Repos.Where(repo => !leavesOutOutputs || source.FindPipeline(repo.Name) is null);
        return source.Pipelines.Length + repos.Sum(repo => 1L + repo.Commits.Length + repo.Branches.Length);
    }
}
