using System.Globalization;
using System.Runtime.CompilerServices;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>Waits until jobs have ended.</summary>
internal sealed class JobWaiter(Pachd pachd, Jobs jobs, CommitWaiter commits)
{
    private const long WholeHistory = -1;

    /// <summary>Returns a job; if the request says so, when it has ended.</summary>
    /// <exception cref="PachdError">There is none.</exception>
    public async Task<JobInfo> InspectAsync(InspectJobRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var change = pachd.Metadata.NextChange;
            var job = jobs.Inspect(request);
            if (!request.BlockState || Jobs.IsOver(job.State))
                return job;

            await change.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Returns the jobs that all of the given commits start, each when it has ended.</summary>
    /// <exception cref="PachdError">A commit is missing.</exception>
    public async IAsyncEnumerable<JobInfo> FlushAsync(FlushJobRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var flush = new FlushCommitRequest { Commits = { request.Commits }, ToRepos = { request.ToPipelines.Select(pipeline => Refs.Repo(pipeline.Name)) } };
        await foreach (var commit in commits.FlushAsync(flush, cancellationToken))
        {
            // A commit with statistics has no job: the job of its output commit is in the list already.
            if (JobOf(commit.Commit) is { } job)
                yield return await InspectAsync(new InspectJobRequest { Job = job, BlockState = true }, cancellationToken);
        }
    }

    private Job? JobOf(Commit output) => jobs.List(new ListJobRequest { OutputCommit = output, History = WholeHistory }) switch
    {
        [] => null,
        [var single] => single.Job,
        var many => throw new PachdError(string.Create(
            CultureInfo.InvariantCulture, $"found too many jobs ({many.Count}) for output commit: {output.Repo.Name}/{output.Id}")),
    };
}
