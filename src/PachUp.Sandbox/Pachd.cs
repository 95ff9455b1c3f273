using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Metadata;
using PachUp.Sandbox.Pfs;
using PachUp.Sandbox.Storage;

namespace PachUp.Sandbox;

/// <summary>What the parts of one server share.</summary>
internal sealed class Pachd
{
    private readonly TimeProvider _clock;
    private long _writeCalls;

    public Pachd(SandboxOptions options, SandboxObjectStore objectStore)
    {
        Release = options.Release;
        Traits = ServerTraits.Of(options.Release);
        Metadata = new MetadataStore(Traits);
        Objects = objectStore.OpenFor(options.Release);
        _clock = options.TimeProvider;
        Metadata.Do(() => Metadata.Repos.Create(Refs.SpecRepo, new RepoInfo { Repo = Refs.Repo(Refs.SpecRepo), Created = Now() }));
    }

    public Release Release { get; }

    public ServerTraits Traits { get; }

    public MetadataStore Metadata { get; }

    public ObjectStorage Objects { get; }

    /// <summary>The id that the cluster got when its metadata was created.</summary>
    public string ClusterId { get; } = Ids.New();

    /// <summary>How many calls came that may change something.</summary>
    public long WriteCalls => Interlocked.Read(ref _writeCalls);

    public void CountWriteCall() => Interlocked.Increment(ref _writeCalls);

    public Timestamp Now() => Timestamp.FromDateTimeOffset(_clock.GetUtcNow());
}
