using PachUp.Pachyderm;
using PachUp.Sandbox.Server.Storage;

namespace PachUp.Sandbox;

/// <summary>
/// The bucket of one or more sandbox clusters: blocks of content, objects (ranges of blocks, by the hash of their content) and tags.
/// Safe to use from several threads.
/// </summary>
public sealed class SandboxObjectStore
{
    private static readonly Release FirstWithoutPachFolder = new(1, 9, 6);

    private readonly IBlobStore _blobs;

    /// <summary>Makes an empty store in memory.</summary>
    public SandboxObjectStore()
        : this(new MemoryBlobStore())
    {
    }

    internal SandboxObjectStore(IBlobStore blobs) => _blobs = blobs;

    /// <summary>
    /// Whether it has the layout of pachd's <c>local</c> backend. That layout changed between 1.9.0 and 1.9.12, so a newer release does not find what an
    /// older one wrote. Buckets of a cloud have one layout for all releases.
    /// </summary>
    public bool HasLocalLayout { get; init; }

    /// <summary>An independent store with the same content.</summary>
    public SandboxObjectStore Copy() => new(_blobs.Copy()) { HasLocalLayout = HasLocalLayout };

    /// <summary>The store as servers of one release see it.</summary>
    internal ObjectStorage OpenFor(Release release)
    {
        var folder = release.WithoutSuffix() < FirstWithoutPachFolder ? "pach/" : "";
        return new ObjectStorage(_blobs, HasLocalLayout ? folder : "", folder);
    }
}
