using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Metadata;

/// <summary>
/// What pachd keeps in etcd. Everything is read and written inside <see cref="Do{T}"/>, one caller at a time; what a caller changed before
/// an error is taken back.
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
    /// <param name="persistence">What gets the changes of each transaction that has succeeded.</param>
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

    /// <summary>Ends when a transaction has run after it was asked for.</summary>
    public Task NextChange => Volatile.Read(ref _change).Task;

    public Collection<RepoInfo> Repos { get; }

    public Collection<Commit> OpenCommits { get; }

    public Collection<EtcdPipelineInfo> Pipelines { get; }

    public Collection<EtcdJobInfo> Jobs { get; }

    /// <summary>
    /// By the repo of a cron input: the moment until which its ticks count as made, in a cluster that was filled. A real server keeps no such thing.
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

    /// <summary>Takes back what an earlier process kept. Nothing may have been put before.</summary>
    /// <exception cref="InvalidProtocolBufferException">A message cannot be read.</exception>
    /// <exception cref="FormatException">There is no such collection.</exception>
    public void Load(IEnumerable<StoredMessage> messages)
    {
        foreach (var message in messages)
        {
            CollectionOf(message.Collection).Load(message);
        }
    }

    /// <summary>Gives the memory back. Only for a server that has ended; what was kept elsewhere stays there.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _commits.Clear();
            _branches.Clear();
            _writes.Clear();
        }
    }

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
