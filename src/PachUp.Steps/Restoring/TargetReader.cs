using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Restoring;

/// <summary>Asks a target which items of an unconfirmed call it has.</summary>
/// <param name="client">The target.</param>
/// <param name="items">The items of the call.</param>
internal sealed class TargetReader(PachdClient client, ImmutableArray<UnconfirmedItem> items)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Looks repeatedly until two looks agree: a call whose connection is lost may continue for a moment, so nothing is decided before it has ended.
    /// </summary>
    public async Task<ObservedTarget> LookUntilSettledAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var before = await LookAsync(cancellationToken);
        while (true)
        {
            await Task.Delay(Pause, execution.Time, cancellationToken);
            var now = await LookAsync(cancellationToken);
            if (now.Equals(before))
            {
                return now;
            }

            before = now;
        }
    }

    private async Task<ObservedTarget> LookAsync(CancellationToken cancellationToken)
    {
        var found = ImmutableHashSet.CreateBuilder<(OperationKind, string)>();
        void Add(OperationKind kind, IEnumerable<string> names) => found.UnionWith(names.Select(name => (kind, name)));

        var repos = (await client.ListReposAsync(cancellationToken)).Select(info => info.Repo.Name).ToHashSet(StringComparer.Ordinal);
        Add(OperationKind.Repo, repos);

        // This repo always exists, and no listing contains it. Streams of 1.9.6 and later contain its commits and branches.
        repos.Add(BranchName.SpecRepo);
        Add(OperationKind.Pipeline, await FindPipelinesAsync(cancellationToken));
        Add(OperationKind.Object, await FindObjectsAsync(cancellationToken));
        Add(OperationKind.Tag, await FindTagsAsync(cancellationToken));
        Add(OperationKind.Commit, await FindCommitsAsync(repos, cancellationToken));
        Add(OperationKind.Job, await FindJobsAsync(cancellationToken));
        return new ObservedTarget(found.ToImmutable(), await FindBranchesAsync(repos, cancellationToken));
    }

    private async Task<IEnumerable<string>> FindPipelinesAsync(CancellationToken cancellationToken) => NamesOf(OperationKind.Pipeline).Count > 0
        ? (await client.ListPipelinesAsync(cancellationToken)).Select(info => info.Pipeline.Name)
        : [];

    private async Task<List<string>> FindObjectsAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var hash in NamesOf(OperationKind.Object))
        {
            if (await client.HasObjectAsync(hash, cancellationToken))
            {
                found.Add(hash);
            }
        }

        return found;
    }

    private async Task<List<string>> FindTagsAsync(CancellationToken cancellationToken)
    {
        var wanted = NamesOf(OperationKind.Tag);
        return wanted.Count == 0
            ? []
            : await client.ListTagsAsync(cancellationToken)
                .Select(tag => UnconfirmedItem.NameOfTag(tag.Tag, tag.ObjectHash))
                .Where(wanted.Contains)
                .ToListAsync(cancellationToken);
    }

    private async Task<List<string>> FindCommitsAsync(HashSet<string> repos, CancellationToken cancellationToken)
    {
        var wanted = NamesOf(OperationKind.Commit);
        var found = new List<string>();
        foreach (var repo in repos.Where(repo => wanted.Any(name => name.StartsWith(repo + "@", StringComparison.Ordinal))))
        {
            found.AddRange(await client.ListCommitsAsync(repo, cancellationToken)
                .Select(commit => UnconfirmedItem.NameIn(repo, commit.Commit.Id))
                .Where(wanted.Contains)
                .ToListAsync(cancellationToken));
        }

        return found;
    }

    private async Task<List<string>> FindJobsAsync(CancellationToken cancellationToken)
    {
        var wanted = NamesOf(OperationKind.Job);
        return wanted.Count == 0
            ? []
            : await client.ListJobsAsync(cancellationToken)
                .Select(job => UnconfirmedItem.NameOfOutput(job.OutputCommit))
                .OfType<string>()
                .Where(wanted.Contains)
                .ToListAsync(cancellationToken);
    }

    private async Task<ImmutableDictionary<BranchName, BranchState>> FindBranchesAsync(HashSet<string> repos, CancellationToken cancellationToken)
    {
        var wanted = items.Select(item => item.Branch?.Name).OfType<BranchName>().ToHashSet();
        var found = ImmutableDictionary.CreateBuilder<BranchName, BranchState>();
        foreach (var repo in wanted.Select(name => name.Repo).Distinct().Where(repos.Contains))
        {
            var branches = await client.ListBranchesAsync(repo, cancellationToken);
            found.AddRange(branches.Select(info => BranchState.Of(repo, info)).Where(branch => wanted.Contains(branch.Name)).Select(branch => KeyValuePair.Create(branch.Name, branch)));
        }

        return found.ToImmutable();
    }

    private HashSet<string> NamesOf(OperationKind kind) =>
        items.Where(item => item.Kind == kind).SelectMany(item => item.Names).ToHashSet(StringComparer.Ordinal);
}
