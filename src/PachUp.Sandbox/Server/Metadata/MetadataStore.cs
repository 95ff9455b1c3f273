using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Metadata;

/// <summary>
/// The metadata that pachd keeps in etcd. All reads and writes happen inside <see cref="InTransaction{T}"/>, one caller at a time. After an error the
/// changes of the transaction are undone.
/// </summary>
internal sealed class MetadataStore
{
    private const string ReposName = "repos";
    private const string OpenCommitsName = "openCommits";
    private const string PipelinesName = "pipelines";
    private const string JobsName = "jobs";
    private const string CommitsName = "commits";
    private const string BranchesName = "branches";
    private const string WritesName = "putFileRecords";
    private const string TickedUntilName = "tickedUntil";

    private readonly Lock _lock = new();
    private readonly ChangeLog _log = new();
    private readonly IPersistence _persistence;
    private readonly KeyTexts _pfsTexts;
    private readonly Dictionary<string, Collection<CommitInfo>> _commits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Collection<BranchInfo>> _branches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Collection<PutFileRecords>> _writes = new(StringComparer.Ordinal);
    private TaskCompletionSource _change = NewChange();
    private bool _inTransaction;

    /// <param name="pfsTexts">How errors name repos, commits and branches.</param>
    /// <param name="ppsTexts">How errors name pipelines and jobs.</param>
    /// <param name="persistence">Records the changes of every successful transaction.</param>
    public MetadataStore(KeyTexts pfsTexts, KeyTexts ppsTexts, IPersistence persistence)
    {
        _persistence = persistence;
        _pfsTexts = pfsTexts;
        Repos = new Collection<RepoInfo>(ReposName, pfsTexts, _log);
        OpenCommits = new Collection<Commit>(OpenCommitsName, pfsTexts, _log);
        Pipelines = new Collection<EtcdPipelineInfo>(PipelinesName, ppsTexts, _log);
        Jobs = new Collection<EtcdJobInfo>(JobsName, ppsTexts, _log);
        TickedUntil = new Collection<Timestamp>(TickedUntilName, ppsTexts, _log);
    }

    /// <summary>Ends at the next successful transaction that changes something.</summary>
    public Task NextChange => Volatile.Read(ref _change).Task;

    public Collection<RepoInfo> Repos { get; }

    public Collection<Commit> OpenCommits { get; }

    public Collection<EtcdPipelineInfo> Pipelines { get; }

    public Collection<EtcdJobInfo> Jobs { get; }

    /// <summary>
    /// In a cluster that was filled: for the repo of each cron input, the moment until which ticks count as made. A real server has no such collection.
    /// </summary>
    public Collection<Timestamp> TickedUntil { get; }

    public Collection<CommitInfo> Commits(string repo) => In(_commits, CommitsName, repo);

    public Collection<BranchInfo> Branches(string repo) => In(_branches, BranchesName, repo);

    /// <summary>The commits of all repos, newest first.</summary>
    public IReadOnlyList<(CommitInfo Value, long Created)> CommitsOfAllRepos() => All(_commits);

    /// <summary>The branches of all repos, newest first.</summary>
    public IReadOnlyList<(BranchInfo Value, long Created)> BranchesOfAllRepos() => All(_branches);

    /// <summary>What was put into an open commit, by path.</summary>
    public Collection<PutFileRecords> Writes(string commitId) => In(_writes, WritesName, commitId);

    /// <summary>Loads what an earlier process saved. Call it before anything is put.</summary>
    /// <exception cref="InvalidProtocolBufferException">A message cannot be read.</exception>
    /// <exception cref="FormatException">There is no such collection.</exception>
    public void Load(IEnumerable<StoredMessage> messages)
    {
        foreach (var message in messages)
        {
            CollectionOf(message.Collection).Load(message);
        }
    }

    /// <summary>Releases the memory of a server that has ended. Saved data is not deleted.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _commits.Clear();
            _branches.Clear();
            _writes.Clear();
        }
    }

    /// <summary>Runs work as one transaction. A transaction inside another becomes part of it.</summary>
    public T InTransaction<T>(Func<T> work)
    {
        lock (_lock)
        {
            return _inTransaction ? work() : RunWhole(work);
        }
    }

    /// <inheritdoc cref="InTransaction{T}"/>
    public void InTransaction(Action work) => InTransaction(() =>
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
            Announce(_log.Changes);
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

    private void Announce(IReadOnlyList<Change> changes)
    {
        if (changes.Count == 0)
            return;

        _persistence.Record(changes);
        Interlocked.Exchange(ref _change, NewChange()).SetResult();
    }

    private ICollection CollectionOf(string name) => name.Split('/', 2) switch
    {
        [ReposName] => Repos,
        [OpenCommitsName] => OpenCommits,
        [PipelinesName] => Pipelines,
        [JobsName] => Jobs,
        [TickedUntilName] => TickedUntil,
        [CommitsName, var repo] => Commits(repo),
        [BranchesName, var repo] => Branches(repo),
        [WritesName, var commit] => Writes(commit),
        _ => throw new FormatException($"there is no collection \"{name}\""),
    };

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static IReadOnlyList<(TInfo Value, long Created)> All<TInfo>(Dictionary<string, Collection<TInfo>> collections)
        where TInfo : class, IMessage<TInfo>, new() =>
        [.. collections.OrderBy(repo => repo.Key, StringComparer.Ordinal).SelectMany(repo => repo.Value.List()).OrderByDescending(item => item.Created)];

    private Collection<TInfo> In<TInfo>(Dictionary<string, Collection<TInfo>> collections, string name, string repo)
        where TInfo : class, IMessage<TInfo>, new()
    {
        if (!collections.TryGetValue(repo, out var collection))
            collections[repo] = collection = new Collection<TInfo>($"{name}/{repo}", _pfsTexts, _log);

        return collection;
    }
}
