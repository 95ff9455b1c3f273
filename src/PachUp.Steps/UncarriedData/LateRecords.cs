using PachUp.Common.Files;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Steps.UncarriedData;

/// <summary>Adds what was written to the source late to the data that no release can carry.</summary>
internal static class LateRecords
{
    /// <summary>Adds times and descriptions. Adding them twice is harmless. Does nothing if the run keeps no such data.</summary>
    /// <param name="runDirectory">The run directory.</param>
    /// <param name="late">The repos and commits that were written late.</param>
    public static void Add(string runDirectory, ClusterInventory late)
    {
        var path = Path.Combine(runDirectory, RecordFiles.LeftBehind);
        if (JsonFile.TryRead<UncarriedRecord>(path) is not { } record)
        {
            return;
        }

        JsonFile.Write(path, record with
        {
            Repos = [.. record.Repos.Concat(late.Repos.Select(repo => new RepoRecord(repo.Name, repo.Created))).DistinctBy(repo => repo.Name)],
            Commits =
            [
                .. late.Repos.SelectMany(repo => repo.Commits.Select(commit => new CommitRecord(repo.Name, commit.Id, commit.Started, commit.Finished, commit.Description)))
                    .Concat(record.Commits)
                    .DistinctBy(commit => (commit.Repo, commit.Id)),
            ],
        });
    }
}
