using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk;

namespace PachUp.Steps.Restoring;

/// <summary>
/// Open output commits that a server of 1.9.6 or later begins for a stopped pipeline when it restores one. Their spec is that of the stop: once the
/// pipeline starts, with another spec, no worker finishes them, and the jobs of later commits wait for them for good. Where it stays stopped, its output
/// cannot be read. They are finished without files, and the branch gets the head that it had on the source.
/// </summary>
/// <param name="client">The target.</param>
/// <param name="source">What the backup holds.</param>
/// <param name="execution">The step that restores.</param>
internal sealed class ObsoleteOutputs(PachdClient client, ClusterInventory source, IStepExecution execution)
{
    /// <summary>Settles them, where the release makes such.</summary>
    public async Task SettleAsync(Release target, CancellationToken cancellationToken)
    {
        if (execution.Purpose != PlanPurpose.Restore || !ReleaseTraits.Of(target).ExtractsOutputs)
        {
            return;
        }

        // A head that is set back upstream can begin a commit downstream, which the next round settles.
        var stopped = (await client.ListPipelinesAsync(cancellationToken)).Where(info => info.Stopped).ToList();
        for (var (round, settled) = (0, 1); settled > 0 && round <= stopped.Count; round++)
        {
            settled = 0;
            foreach (var pipeline in stopped)
            {
                if (source.FindRepo(pipeline.Pipeline.Name) is { } repo)
                {
                    execution.Progress.Report(new StepProgress($"settling the output of stopped pipeline {repo.Name}"));
                    settled += await SettleAsync(repo, pipeline.OutputBranch, cancellationToken);
                }
            }
        }
    }

    private async Task<int> SettleAsync(RepoInventory repo, string outputBranch, CancellationToken cancellationToken)
    {
        var open = await client.ListCommitsAsync(repo.Name, cancellationToken)
            .Where(commit => commit.Finished is null && repo.FindCommit(commit.Commit.Id) is not { Finished: null })
            .Select(commit => commit.Commit.Id)
            .ToListAsync(cancellationToken);
        // The output branch first: a branch of stats is computed from it, and begins nothing where its head fits the one of the output branch.
        foreach (var branch in (await client.ListBranchesAsync(repo.Name, cancellationToken)).OrderByDescending(branch => branch.Branch.Name == outputBranch))
        {
            if (open.Contains(branch.Head?.Id ?? "") && repo.FindBranch(branch.Branch.Name) is { Head: { } head } before)
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

    private static Branch BranchOf(BranchName name) => new() { Repo = new Repo { Name = name.Repo }, Name = name.Branch };
}
