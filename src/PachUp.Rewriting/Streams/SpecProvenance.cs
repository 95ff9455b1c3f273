using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Rules;

namespace PachUp.Rewriting.Streams;

/// <summary>
/// The provenance with which a commit is sent. The server adds the provenance of the named commits, with specs by id. A spec that is also named by
/// its
/// branch would then occur twice, and the server refuses two commits of one branch. So a spec is named only if no other named commit has it.
/// </summary>
internal sealed class SpecProvenance(ClusterInventory carried)
{
    private readonly Dictionary<(string Repo, string Id), ImmutableArray<CommitProvenanceInventory>> _computed = carried.Repos
        .SelectMany(repo => repo.Commits.Where(commit => !commit.Provenance.IsEmpty).Select(commit => (Key: (repo.Name, commit.Id), commit.Provenance)))
        .ToDictionary(commit => commit.Key, commit => commit.Provenance);

    /// <summary>The commits to name.</summary>
    public IEnumerable<CommitProvenanceInventory> Of(CommitInventory commit) =>
        commit.Provenance.Where(origin => !SpecCommits.IsNamed(origin) || !commit.Provenance.Any(other => Brings(other, origin)));

    private bool Brings(CommitProvenanceInventory other, CommitProvenanceInventory spec) =>
        _computed.TryGetValue((other.Repo, other.Commit), out var provenance) && provenance.Contains(spec);
}
