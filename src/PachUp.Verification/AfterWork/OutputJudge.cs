using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// Decides about the output of one head. The commit of a failed job is finished and can be listed as empty: only its missing tree and the job
/// tell it from an empty directory.
/// </summary>
/// <param name="comparison">Compares the files.</param>
/// <param name="source">The jobs of the source by output commit.</param>
/// <param name="target">The jobs of the target by output commit.</param>
/// <param name="failedPipelines">Why pipelines of the target failed, by name. pachd finishes their output without a job.</param>
/// <param name="accepted">Pipelines whose output may have other content.</param>
internal sealed class OutputJudge(
    OutputComparison comparison,
    IReadOnlyDictionary<string, JobRecord> source,
    IReadOnlyDictionary<string, JobRecord> target,
    IReadOnlyDictionary<string, string> failedPipelines,
    IReadOnlySet<string> accepted)
{
    /// <summary>The jobs by the id of their output commit; if a commit has several jobs, the first of the list.</summary>
    public static IReadOnlyDictionary<string, JobRecord> ByOutput(IEnumerable<JobRecord> jobs) => jobs
        .Where(job => job.OutputCommit is not null)
        .DistinctBy(job => job.OutputCommit)
        .ToDictionary(job => job.OutputCommit!, StringComparer.Ordinal);

    /// <summary>Decides about a head.</summary>
    public async Task<OutputVerdict> JudgeAsync(OutputMatch match, CancellationToken cancellationToken)
    {
        var head = match.Head;
        return (match, FailureOf(source, head.Commit), FailureOf(target, match.Commit)) switch
        {
            ({ Obstacle: { } obstacle }, _, _) =>
                VerdictOf(match, obstacle.IsHarmless ? OutputOutcome.NotCompared : OutputOutcome.NotProved, obstacle.Why),
            ({ HasFiles: false }, { } failed, _) when !head.HasFiles => VerdictOf(match, OutputOutcome.Explained, $"the job failed on the source too: {failed}"),
            (_, { } failed, _) when !head.HasFiles => VerdictOf(match, OutputOutcome.Explained, $"there is output now; on the source the job had failed: {failed}"),
            ({ HasFiles: false }, _, { } failed) when head.HasFiles || source.ContainsKey(head.Commit) =>
                await LostOfAsync(match, $"the job failed: {failed}", cancellationToken),
            ({ HasFiles: false }, _, _) when head.HasFiles && failedPipelines.TryGetValue(head.Pipeline, out var reason) =>
                await LostOfAsync(match, $"the pipeline has failed, and pachd finished its output without files: {reason}", cancellationToken),
            _ => Accept(await comparison.CompareAsync(head, match.Commit!, cancellationToken)),
        };
    }

    private static string? FailureOf(IReadOnlyDictionary<string, JobRecord> jobs, string? commit) =>
        commit is not null && jobs.GetValueOrDefault(commit) is { } job && PipelineWork.HasFailed(job)
            ? job.Reason.Length > 0 ? job.Reason : $"job {job.Id} ended as {job.State}"
            : null;

    private async Task<OutputVerdict> LostOfAsync(OutputMatch match, string why, CancellationToken cancellationToken) => VerdictOf(match, OutputOutcome.Lost, why) with
    {
        Files = await comparison.CountAsync(match.Head, cancellationToken),
        Lost = [new InventoryItem(ItemKind.Commit, $"{match.Head.Pipeline}@{match.Commit}", why)],
    };

    private static OutputVerdict VerdictOf(OutputMatch match, OutputOutcome outcome, string why) => new()
    {
        Pipeline = match.Head.Pipeline,
        Branch = match.Head.Branch,
        Outcome = outcome,
        Why = why,
        SourceCommit = match.Head.Commit,
        TargetCommit = match.Commit,
    };

    /// <summary>Code that writes times or random numbers produces other content each time. The user has to say which pipelines do this.</summary>
    private OutputVerdict Accept(OutputVerdict verdict) =>
        verdict is { Outcome: OutputOutcome.Lost, Lost.IsEmpty: true } && accepted.Contains(verdict.Pipeline)
            ? verdict with { Outcome = OutputOutcome.Explained, Why = "another content, which was accepted", Explained = verdict.Changed, Changed = ImmutableArray<InventoryItem>.Empty }
            : verdict;
}
