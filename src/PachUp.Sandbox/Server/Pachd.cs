using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Data;
using PachUp.Sandbox.Server.Metadata;
using PachUp.Sandbox.Server.Storage;

namespace PachUp.Sandbox.Server;

/// <summary>The state and settings that all parts of one server share.</summary>
internal sealed class Pachd
{
    private readonly IPersistence _persistence;
    private long _writeCalls;
    private long _repeatedOperations;

    /// <param name="settings">The settings.</param>
    /// <param name="data">The directory for its state; null to keep it in memory.</param>
    /// <exception cref="DataDirectoryException">The state cannot be read.</exception>
    public Pachd(PachdSettings settings, DataDirectory? data)
    {
        _persistence = data is null ? new NoPersistence() : data;
        Settings = settings;
        Traits = ServerTraits.Of(settings.Release);
        Metadata = new MetadataStore(Traits.PfsKeys, Traits.PpsKeys, _persistence);
        NewIds = new Ids(settings.IdSeed);
        ClusterId = data?.ClusterId ?? NewIds.Next();
        DeploymentId = Traits.Release.HasDeploymentId ? NewIds.Next() : "";
        data?.LoadInto(Metadata);
        Metadata.InTransaction(CreateSpecRepo);
    }

    public PachdSettings Settings { get; }

    public Release Release => Settings.Release;

    public ServerTraits Traits { get; }

    public MetadataStore Metadata { get; }

    public ObjectStorage Objects => Settings.Objects;

    /// <summary>Its clock.</summary>
    public TimeProvider Clock => Settings.Clock;

    /// <summary>Makes the ids of new items.</summary>
    public Ids NewIds { get; }

    /// <summary>The id that the cluster got when its metadata was created.</summary>
    public string ClusterId { get; }

    /// <summary>The id of this deployment, which every deployment draws anew; empty in releases that have none.</summary>
    public string DeploymentId { get; }

    /// <summary>Whether its public port is closed for all clients but PachUp.</summary>
    public bool IsFenced { get; set; }

    /// <summary>Whether it holds only what a new cluster holds.</summary>
    public bool IsEmpty => Metadata.InTransaction(() => Metadata.Repos.Count) == 1 && Objects.ListObjects().Count == 0 && !Objects.ListTags("").Any();

    /// <summary>How many calls that can change something came.</summary>
    public long WriteCalls => Interlocked.Read(ref _writeCalls);

    /// <summary>How many restored operations named items that existed already.</summary>
    public long RepeatedOperations => Interlocked.Read(ref _repeatedOperations);

    public void CountRepeatedOperation() => Interlocked.Increment(ref _repeatedOperations);

    public void CountWriteCall() => Interlocked.Increment(ref _writeCalls);

    /// <summary>Saves all changes, if this server has a data directory. Call it before every answer.</summary>
    /// <exception cref="DataDirectoryException">The changes cannot be saved.</exception>
    public void Save() => _persistence.Save();

    public Timestamp Now() => Timestamp.FromDateTimeOffset(Clock.GetUtcNow());

    private void CreateSpecRepo()
    {
        if (!Metadata.Repos.Contains(Refs.SpecRepo))
            Metadata.Repos.Create(Refs.SpecRepo, new RepoInfo { Repo = Refs.Repo(Refs.SpecRepo), Created = Now() });
    }
}
