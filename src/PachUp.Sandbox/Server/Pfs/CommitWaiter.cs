using System.Runtime.CompilerServices;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Waits until commits are finished.</summary>
internal sealed class CommitWaiter(Pachd pachd, CommitResolver resolver, CommitLists lists)
{
    /// <summary>Returns a commit when it is in the requested state.</summary>
    public async Task<CommitInfo> InspectAsync(Commit? commit, CommitState state, CancellationToken cancellationToken)
    {
        if (commit is null)
            throw new PachdError("cannot inspect nil commit");

        var info = pachd.Metadata.InTransaction(() => resolver.Resolve(commit));
        if (state is CommitState.Ready)
        {
            foreach (var from in info.ProvenantCommits())
            {
                await FinishedAsync(from, cancellationToken);
            }
        }

        return state is CommitState.Finished ? await FinishedAsync(info.Commit, cancellationToken) ?? throw Deleted(info.Commit) : info;
    }

    /// <summary>Returns the last commits that are computed from all of the given ones, each when it is finished.</summary>
    public async IAsyncEnumerable<CommitInfo> FlushAsync(FlushCommitRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.Commits.Count == 0)
            throw new PachdError("fromCommits cannot be empty");

        var sources = pachd.Metadata.InTransaction(() => request.Commits.Select(resolver.Resolve).ToList());
        var common = sources.Select(source => source.Subvenance.Select(range => range.Upper)).Aggregate((a, b) => a.Intersect(b));
        var wanted = request.ToRepos.Select(repo => repo.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var commit in common.Where(commit => wanted.Count == 0 || wanted.Contains(commit.Repo.Name)).Distinct().ToList())
        {
            if (await FinishedAsync(commit, cancellationToken) is { } info)
                yield return info;
        }

        foreach (var source in sources)
        {
            await FinishedAsync(source.Commit, cancellationToken);
        }
    }

    /// <summary>Returns the commits of a branch, oldest first, then new ones until the client ends the call.</summary>
    public async IAsyncEnumerable<CommitInfo> SubscribeAsync(SubscribeCommitRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var change = pachd.Metadata.NextChange;
            foreach (var commit in CommitsOfBranch(request).Where(commit => seen.Add(commit.Commit.Id)).Reverse().ToList())
            {
                yield return await InspectAsync(commit.Commit, request.State, cancellationToken);
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    private IReadOnlyList<CommitInfo> CommitsOfBranch(SubscribeCommitRequest request)
    {
        var repo = ServerCrash.IfNull(request.Repo).Name;
        try
        {
            return lists.List(new ListCommitRequest { Repo = request.Repo, From = request.From, To = Refs.Commit(repo, request.Branch) }).Commits;
        }
        catch (PachdError e) when (e.IsNotFound)
        {
            // The branch may be created later.
            return [];
        }
    }

    private async Task<CommitInfo?> FinishedAsync(Commit commit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var change = pachd.Metadata.NextChange;
            var info = pachd.Metadata.InTransaction(() => pachd.Metadata.Commits(commit.Repo.Name).Find(commit.Id));
            if (info is null || info.Finished is not null)
                return info;

            await change.WaitAsync(cancellationToken);
        }
    }

    private static PachdError Deleted(Commit commit) => new($"commit {commit.Id} was deleted");
}
