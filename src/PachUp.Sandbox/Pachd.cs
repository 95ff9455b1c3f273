using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Data;
using PachUp.Sandbox.Metadata;
using PachUp.Sandbox.Pfs;
using PachUp.Sandbox.Storage;

namespace PachUp.Sandbox;

/// <summary>What the parts of one server share.</summary>
internal sealed class Pachd
{
    private readonly IPersistence _persistence;
    private long _writeCalls;
    private long _repeatedOperations;

    /// <param name="options">What it is to be.</param>
    /// <param name="objectStore">Its bucket.</param>
    /// <param name="data">Where its state is kept; null to keep it in memory only.</param>
    /// <exception cref="DataDirectoryException">The state cannot be read.</exception>
    public Pachd(SandboxOptions options, SandboxObjectStore objectStore, DataDirectory? data)
    {
        _persistence = data is null ? new NoPersistence() : data;
        Release = options.Release;
        StatedRelease = options.StatedRelease ?? options.Release;
        Traits = ServerTraits.Of(options.Release);
        Metadata = new MetadataStore(Traits, _persistence);
        Objects = objectStore.OpenFor(options.Release);
        Clock = options.TimeProvider;
        RunsPipelines = options.RunPipelines;
        TicksOnRequest = options.TicksOnRequest;
        MaxTxnOps = options.MaxTxnOps;
        NewIds = new Ids(options.IdSeed);
        ClusterId = data?.ClusterId ?? NewIds.Next();
        data?.LoadInto(Metadata);
        Metadata.Do(CreateSpecRepo);
    }

    public Release Release { get; }

    /// <summary>What it answers when it is asked for its release.</summary>
    public Release StatedRelease { get; }

    public ServerTraits Traits { get; }

    public MetadataStore Metadata { get; }

    public ObjectStorage Objects { get; }

    /// <summary>Whether workers run in it.</summary>
    public bool RunsPipelines { get; }

    /// <summary>Whether cron inputs tick only when a test asks for it.</summary>
    public bool TicksOnRequest { get; }

    /// <summary>Where its time comes from.</summary>
    public TimeProvider Clock { get; }

    /// <summary>How many comparisons its etcd takes in one transaction.</summary>
    public int MaxTxnOps { get; }

    /// <summary>The ids of what it makes.</summary>
    public Ids NewIds { get; }

    /// <summary>The id that the cluster got when its metadata was created.</summary>
    public string ClusterId { get; }

    /// <summary>Whether it holds no more than a new one does.</summary>
    public bool IsEmpty => Metadata.Do(() => Metadata.Repos.Count) == 1 && Objects.ListObjects().Count == 0 && !Objects.ListTags("").Any();

    /// <summary>The last operation of a restore that was refused; null where none was.</summary>
    public RefusedOperation? LastRefusal { get; set; }

    /// <summary>How many calls came that may change something.</summary>
    public long WriteCalls => Interlocked.Read(ref _writeCalls);

    /// <summary>How many restored operations made what was there already.</summary>
    public long RepeatedOperations => Interlocked.Read(ref _repeatedOperations);

    public void CountRepeatedOperation() => Interlocked.Increment(ref _repeatedOperations);

    public void CountWriteCall() => Interlocked.Increment(ref _writeCalls);

    /// <summary>Returns when everything that was changed is kept, as far as this server keeps anything. Nothing may be answered before.</summary>
    /// <exception cref="DataDirectoryException">It cannot be kept.</exception>
    public void Save() => _persistence.Save();

    public Timestamp Now() => Timestamp.FromDateTimeOffset(Clock.GetUtcNow());

    private void CreateSpecRepo()
    {
        if (!Metadata.Repos.Contains(Refs.SpecRepo))
            Metadata.Repos.Create(Refs.SpecRepo, new RepoInfo { Repo = Refs.Repo(Refs.SpecRepo), Created = Now() });
    }
}
