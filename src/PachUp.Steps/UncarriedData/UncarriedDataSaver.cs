using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Records;

namespace PachUp.Steps.UncarriedData;

/// <summary>
/// Saves data that no release can carry, while the source still answers. If something cannot be saved, that is noted and nothing fails.
/// </summary>
/// <param name="client">The source.</param>
/// <param name="runDirectory">The run directory.</param>
/// <param name="progress">Receives what is being saved.</param>
internal sealed class UncarriedDataSaver(PachdClient client, string runDirectory, IProgress<StepProgress> progress)
{
    private const int LogLines = 1000;
    private static readonly TimeSpan LogTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Saves all of this data.</summary>
    /// <param name="inventory">What the source contains.</param>
    /// <param name="mostBytes">The largest number of bytes to keep of files in open commits.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<UncarriedRecord> KeepAsync(ClusterInventory inventory, long mostBytes, CancellationToken cancellationToken)
    {
        var specs = new EarlierSpecReader(client);
        var earlier = await specs.ReadAsync(inventory, cancellationToken);
        var jobs = await ListJobsAsync(cancellationToken);
        var (logs, logProblems) = await ReadLogsAsync(inventory, cancellationToken);
        var keeper = new OpenCommitSaver(client, runDirectory, mostBytes, progress);
        var uncarried = new UncarriedRecord
        {
            Release = inventory.Release,
            ClusterId = inventory.ClusterId,
            Repos = [.. inventory.Repos.Select(repo => new RepoRecord(repo.Name, repo.Created))],
            Commits = [.. inventory.Repos.SelectMany(repo => repo.Commits.Select(commit => CommitOf(repo, commit)))],
            Specs = earlier,
            Jobs = jobs,
            Logs = logs,
            OpenCommits = await keeper.KeepAsync(inventory, cancellationToken),
            NotKept = [.. specs.Problems, .. logProblems, .. keeper.Problems],
        };
        JsonFile.Write(Path.Combine(runDirectory, RecordFiles.LeftBehind), uncarried);
        return uncarried;
    }

    private async Task<ImmutableArray<JobRecord>> ListJobsAsync(CancellationToken cancellationToken)
    {
        var jobs = ImmutableArray.CreateBuilder<JobRecord>();
        await foreach (var job in client.ListJobsAsync(cancellationToken))
        {
            jobs.Add(JobRecord.Of(job));
            progress.Report(new StepProgress("saving jobs", jobs.Count, Unit: "jobs"));
        }

        return jobs.ToImmutable();
    }

    private async Task<(ImmutableArray<LogRecord> Logs, ImmutableArray<string> Problems)> ReadLogsAsync(
        ClusterInventory inventory, CancellationToken cancellationToken)
    {
        var logs = ImmutableArray.CreateBuilder<LogRecord>();
        foreach (var pipeline in inventory.Pipelines)
        {
            progress.Report(new StepProgress("saving the logs of pipelines", logs.Count, inventory.Pipelines.Length, "pipelines"));
            if (await TryReadLogAsync(pipeline.Name, cancellationToken) is not { } lines)
            {
                // If one log takes too long, the others would too.
                return (logs.ToImmutable(), [$"logs, from pipeline {pipeline.Name} on: the server took too long to send them"]);
            }

            logs.Add(new LogRecord(pipeline.Name, lines));
        }

        return (logs.ToImmutable(), []);
    }

    private async Task<ImmutableArray<string>?> TryReadLogAsync(string pipeline, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(LogTimeout);
        try
        {
            return [.. await client.ReadLogAsync(pipeline, LogLines, timeout.Token).ToListAsync(timeout.Token)];
        }
        catch (Exception e) when (e is PachdException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The pods with the logs may be deleted. Nothing depends on the logs.
            return null;
        }
    }

    private static CommitRecord CommitOf(RepoInventory repo, CommitInventory commit) =>
        new(repo.Name, commit.Id, commit.Started, commit.Finished, commit.Description);
}
