using System.Runtime.CompilerServices;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Plugins.Buckets.Checking;

/// <summary>Reads from the source what its commits, files and pipelines refer to in the bucket.</summary>
/// <param name="client">The source.</param>
/// <param name="inventory">Its inventory.</param>
internal sealed class ReferenceReader(PachdClient client, ClusterInventory inventory)
{
    private const string SpecRepo = "__spec__";

    /// <summary>The trees of all commits and the lists of their datums.</summary>
    public IEnumerable<Reference> Trees() =>
        from repo in inventory.Repos
        from commit in repo.Commits
        from hash in (IEnumerable<string?>)[commit.Tree, .. commit.Trees, commit.Datums]
        where !string.IsNullOrEmpty(hash)
        select new Reference($"object/{hash}", 0, $"commit {repo.Name}@{commit.Id}");

    /// <summary>The content of the files of all branch heads, and of the specs of all pipelines.</summary>
    public async IAsyncEnumerable<Reference> FilesOfHeadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var pipeline in inventory.Pipelines)
        {
            await foreach (var reference in FilesAsync(SpecRepo, pipeline.Name, $"spec of pipeline {pipeline.Name}", cancellationToken))
            {
                yield return reference;
            }
        }

        foreach (var (repo, commit) in Heads())
        {
            await foreach (var reference in FilesAsync(repo, commit, "", cancellationToken))
            {
                yield return reference;
            }
        }
    }

    /// <summary>The content of the files of all commits that are finished.</summary>
    public async IAsyncEnumerable<Reference> FilesOfAllCommitsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (repo, commit) in inventory.Repos.SelectMany(repo => repo.Commits.Where(HasFiles).Select(commit => (repo.Name, commit.Id))))
        {
            await foreach (var reference in FilesAsync(repo, commit, "", cancellationToken))
            {
                yield return reference;
            }
        }
    }

    private IEnumerable<(string Repo, string Commit)> Heads() =>
        from repo in inventory.Repos
        let finished = repo.Commits.Where(HasFiles).Select(commit => commit.Id).ToHashSet(StringComparer.Ordinal)
        from head in repo.Branches.Select(branch => branch.Head).OfType<string>().Distinct()
        where finished.Contains(head)
        select (repo.Name, head);

    private static bool HasFiles(CommitInventory commit) => commit.Tree is not null || !commit.Trees.IsEmpty;

    private async IAsyncEnumerable<Reference> FilesAsync(
        string repo, string commit, string owner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var file in FileWalk.ListContentAsync(client, repo, commit, cancellationToken))
        {
            var name = owner.Length > 0 ? owner : $"file {repo}@{commit}:{file.Path}";
            foreach (var hash in file.Objects)
            {
                yield return new Reference($"object/{hash}", 0, name);
            }

            foreach (var (block, end) in file.Blocks)
            {
                yield return new Reference($"block/{block}", end, name);
            }
        }
    }
}
