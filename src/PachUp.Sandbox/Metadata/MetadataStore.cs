using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Metadata;

/// <summary>
/// What pachd keeps in etcd. Everything is read and written inside <see cref="Do{T}"/>, one caller at a time; what a caller changed before
/// an error is taken back.
/// </summary>
internal sealed class MetadataStore
{
    private readonly Lock _lock = new();
    private readonly UndoLog _log = new();
    private readonly KeyTexts _pfsTexts;
    private readonly Dictionary<string, Collection<CommitInfo>> _commits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Collection<BranchInfo>> _branches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Collection<PutFileRecords>> _writes = new(StringComparer.Ordinal);
    private TaskCompletionSource _change = NewChange();
    private bool _inTransaction;

    public MetadataStore(ServerTraits traits)
    {
        _pfsTexts = traits.PfsKeys;
        Repos = new Collection<RepoInfo>("repos", traits.PfsKeys, _log);
        OpenCommits = new Collection<Commit>("openCommits", traits.PfsKeys, _log);
        Pipelines = new Collection<EtcdPipelineInfo>("pipelines", traits.PpsKeys, _log);
        Jobs = new Collection<EtcdJobInfo>("jobs", traits.PpsKeys, _log);
    }

    /// <summary>Ends when a transaction has run after it was asked for.</summary>
    public Task NextChange => Volatile.Read(ref _change).Task;

    public Collection<RepoInfo> Repos { get; }

    public Collection<Commit> OpenCommits { get; }

    public Collection<EtcdPipelineInfo> Pipelines { get; }

    public Collection<EtcdJobInfo> Jobs { get; }

    public Collection<CommitInfo> Commits(string repo) => In(_commits, "commits", repo);

    public Collection<BranchInfo> Branches(string repo) => In(_branches, "branches", repo);

    /// <summary>The commits of all repos, newest first.</summary>
    public IReadOnlyList<(CommitInfo Value, long Created)> CommitsOfAllRepos() => All(_commits);

    /// <summary>The branches of all repos, newest first.</summary>
    public IReadOnlyList<(BranchInfo Value, long Created)> BranchesOfAllRepos() => All(_branches);

    /// <summary>What was put into an open commit, by path.</summary>
    public Collection<PutFileRecords> Writes(string commitId) => In(_writes, "putFileRecords", commitId);

    /// <summary>Runs something as one transaction. One that is begun inside another becomes part of it.</summary>
    public T Do<T>(Func<T> work)
    {
        lock (_lock)
        {
            return _inTransaction ? work() : RunWhole(work);
        }
    }

    /// <inheritdoc cref="Do{T}"/>
    public void Do(Action work) => Do(() =>
    {
        work();
        return true;
    });

    private T RunWhole<T>(Func<T> work)
    {
        _inTransaction = true;
        _log.Begin();
        try
        {
            var result = work();
            if (_log.HasChanges)
                Interlocked.Exchange(ref _change, NewChange()).SetResult();

            return result;
        }
        catch
        {
            _log.RollBack();
            throw;
        }
        finally
        {
            _inTransaction = false;
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static IReadOnlyList<(TInfo Value, long Created)> All<TInfo>(Dictionary<string, Collection<TInfo>> collections)
        where TInfo : class, IMessage<TInfo> =>
        [.. collections.OrderBy(repo => repo.Key, StringComparer.Ordinal).SelectMany(repo => repo.Value.List()).OrderByDescending(item => item.Created)];

    private Collection<TInfo> In<TInfo>(Dictionary<string, Collection<TInfo>> collections, string name, string repo)
        where TInfo : class, IMessage<TInfo>
    {
        if (!collections.TryGetValue(repo, out var collection))
            collections[repo] = collection = new Collection<TInfo>($"{name}/{repo}", _pfsTexts, _log);

        return collection;
    }
}
