using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk;

namespace PachUp.Steps.Restoring;

/// <summary>
/// Finishes output commits that no worker will finish. When a server of 1.9.6 or later restores a stopped pipeline, it creates open output commits that
/// belong to the spec with which the pipeline was stopped. When the pipeline starts, it gets a new spec: no worker finishes these commits, and the jobs
/// of later commits wait for them forever. If the pipeline stays stopped, its output cannot be read. This class finishes the commits without files and
/// sets each branch to the head that it had on the source.
/// </summary>
/// <param name="client">The target.</param>
/// <param name="source">The inventory of the backup.</param>
/// <param name="execution">The step that restores.</param>
internal sealed class OpenOutputFinisher(PachdClient client, ClusterInventory source, IStepExecution execution)
{
    /// <summary>
    /// Finishes the commits. Does nothing if the release does not create them, or if pipelines did not arrive with the specs with which they were stopped.
    /// </summary>
    public async Task FinishAsync(Release target, CancellationToken cancellationToken)
    {
        var arriveStopped = execution.Purpose == PlanPurpose.Restore || ReleaseTraits.Of(source.Release).ExtractsOutputs;
        if (!arriveStopped || !ReleaseTraits.Of(target).ExtractsOutputs)
        {
            return;
        }

        // When the head of a branch is set, the server can create an open commit in a repo that is computed from it. The next round finishes that commit.
        var stopped = (await client.ListPipelinesAsync(cancellationToken)).Where(info => info.Stopped).ToList();
        for (var (round, finished) = (0, 1); finished > 0 && round <= stopped.Count; round++)
        {
            finished = 0;
            foreach (var pipeline in stopped)
            {
                if (source.FindRepo(pipeline.Pipeline.Name) is { } repo)
                {
                    execution.Progress.Report(new StepProgress($"finishing open output commits of stopped pipeline {repo.Name}"));
                    finished += await FinishAsync(repo, pipeline.OutputBranch, cancellationToken);
                }
            }
        }
    }

    private async Task<int> FinishAsync(RepoInventory repo, string outputBranch, CancellationToken cancellationToken)
    {
        var there = await client.ListCommitsAsync(repo.Name, cancellationToken).ToDictionaryAsync(commit => commit.Commit.Id, cancellationToken: cancellationToken);
        var open = there.Values
            .Where(commit => commit.Finished is null && repo.FindCommit(commit.Commit.Id) is not { Finished: null })
            .Select(commit => commit.Commit.Id)
            .ToList();
        // The output branch comes first: the stats branch is computed from it, and the server creates no commit if the two heads belong together.
        foreach (var branch in (await client.ListBranchesAsync(repo.Name, cancellationToken)).OrderByDescending(branch => branch.Branch.Name == outputBranch))
        {
            if (open.Contains(branch.Head?.Id ?? "") && repo.FindBranch(branch.Branch.Name) is { } before
                && NearestThere(repo, before.Head, there.ContainsKey) is { } head)
            {
                var provenance = branch.Branch.Name == outputBranch ? [] : before.DirectProvenance.Select(BranchOf);
                await client.SetBranchHeadAsync(branch.Branch, head, provenance, cancellationToken);
            }
        }

        foreach (var commit in open)
        {
            await client.FinishEmptyCommitAsync(repo.Name, commit, cancellationToken);
        }

        return open.Count;
    }

    /// <summary>The head that the branch had on the source, or its nearest ancestor that was sent.</summary>
    private static string? NearestThere(RepoInventory repo, string? head, Func<string, bool> isThere)
    {
        while (head is not null && !isThere(head))
        {
            head = repo.FindCommit(head)?.Parent;
        }

        return head;
    }

    private static Branch BranchOf(BranchName name) => new() { Repo = new Repo { Name = name.Repo }, Name = name.Branch };
}
