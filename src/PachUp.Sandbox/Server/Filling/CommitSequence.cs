using PachUp.Pachyderm.Inventories;

namespace PachUp.Sandbox.Server.Filling;

/// <summary>A commit and the repo that it is in.</summary>
internal readonly record struct PlacedCommit(string Repo, CommitInventory Commit);

/// <summary>An order in which the commits of a cluster can have been made.</summary>
internal static class CommitSequence
{
    /// <summary>The commits of all repos by their start, but each after its parent and after its provenance.</summary>
    public static IEnumerable<PlacedCommit> Of(ClusterInventory cluster)
    {
        var commits = cluster.Repos
            .SelectMany(repo => repo.Commits.Select(commit => new PlacedCommit(repo.Name, commit)))
            .OrderBy(placed => placed.Commit.Started)
            .ToList();
        var walk = new Walk(commits);
        return commits.SelectMany(walk.Take);
    }

    /// <summary>Walks from commits to their parents and provenance. It has its own stack, since a line of commits can be too long for recursion.</summary>
    private sealed class Walk(IReadOnlyList<PlacedCommit> commits)
    {
        private readonly Dictionary<(string Repo, string Id), PlacedCommit> _left =
            commits.ToDictionary(placed => (placed.Repo, placed.Commit.Id));

        private readonly HashSet<(string Repo, string Id)> _entered = [];

        /// <summary>The parents and provenance of a commit that were not returned yet, then the commit itself.</summary>
        public IEnumerable<PlacedCommit> Take(PlacedCommit commit)
        {
            var path = new Stack<PlacedCommit>([commit]);
            while (path.TryPeek(out var next))
            {
                if (_entered.Add(KeyOf(next)))
                {
                    OriginsLeft(next).ForEach(path.Push);
                    continue;
                }

                path.Pop();
                if (_left.Remove(KeyOf(next)))
                    yield return next;
            }
        }

        private static (string Repo, string Id) KeyOf(PlacedCommit placed) => (placed.Repo, placed.Commit.Id);

        private List<PlacedCommit> OriginsLeft(PlacedCommit placed)
        {
            var origins = new List<PlacedCommit>();
            if (placed.Commit.Parent is { } parent && _left.TryGetValue((placed.Repo, parent), out var before))
                origins.Add(before);

            foreach (var origin in placed.Commit.Provenance)
            {
                if (_left.TryGetValue((origin.Repo, origin.Commit), out var from))
                    origins.Add(from);
            }

            return origins;
        }
    }
}
