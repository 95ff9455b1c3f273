using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Data;
using PachUp.Sandbox.Server.Metadata;
using PachUp.Sandbox.Server.Storage;

namespace PachUp.Sandbox.Server;

/// <summary>What the parts of one server share.</summary>
internal sealed class Pachd
{
    private readonly IPersistence _persistence;
    private long _writeCalls;
    private long _repeatedOperations;

    /// <param name="settings">What it is made of.</param>
    /// <param name="data">Where its state is kept; null to keep it in memory only.</param>
    /// <exception cref="DataDirectoryException">The state cannot be read.</exception>
    public Pachd(PachdSettings settings, DataDirectory? data)
    {
        _persistence = data is null ? new NoPersistence() : data;
        Settings = settings;
        Traits = ServerTraits.Of(settings.Release);
        Metadata = new MetadataStore(Traits.PfsKeys, Traits.PpsKeys, _persistence);
        NewIds = new Ids(settings.IdSeed);
        ClusterId = data?.ClusterId ?? NewIds.Next();
        data?.LoadInto(Metadata);
        Metadata.Do(CreateSpecRepo);
    }

    public PachdSettings Settings { get; }

    public Release Release => Settings.Release;

    public ServerTraits Traits { get; }

    public MetadataStore Metadata { get; }

    public ObjectStorage Objects => Settings.Objects;

    /// <summary>Where its time comes from.</summary>
    public TimeProvider Clock => Settings.Clock;

    /// <summary>The ids of what it makes.</summary>
    public Ids NewIds { get; }

    /// <summary>The id that the cluster got when its metadata was created.</summary>
    public string ClusterId { get; }

    /// <summary>Whether it holds no more than a new one does.</summary>
    public bool IsEmpty => Metadata.Do(() => Metadata.Repos.Count) == 1 && Objects.ListObjects().Count == 0 && !Objects.ListTags("").Any();

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
