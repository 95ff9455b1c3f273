using PachUp.Pachyderm;

namespace PachUp.Sandbox;

/// <summary>What a sandbox cluster is made of.</summary>
public sealed record SandboxOptions
{
    /// <summary>A cluster that says it is a release, and behaves as the nearest one that there is a sandbox of.</summary>
    /// <exception cref="SandboxException">No sandbox behaves like it.</exception>
    public static SandboxOptions StandingInFor(Release release) => new()
    {
        Release = SandboxReleases.StandInFor(release)
            ?? throw new SandboxException(
                $"No sandbox behaves like {release}; there are sandboxes of {string.Join(", ", SandboxReleases.All)}. Choose another release."),
        StatedRelease = release,
    };

    /// <summary>The release that it behaves as: one of <see cref="SandboxReleases.All"/>.</summary>
    public required Release Release { get; init; }

    /// <summary>The release that it says it is, where it stands in for one that behaves alike; null for <see cref="Release"/>.</summary>
    public Release? StatedRelease { get; init; }

    /// <summary>The port on 127.0.0.1 that it listens on, 1 to 65535; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The port on 127.0.0.1 of its peer port, which serves every call, 1 to 65535; 0 for any that is free.</summary>
    public int PeerPort { get; init; }

    /// <summary>
    /// Whether the public port serves the object API too, as pachd does with <c>--expose-object-api</c>. Default: no, as in production; the peer
    /// port serves it always.
    /// </summary>
    public bool ExposeObjectApi { get; init; }

    /// <summary>
    /// Where its objects lie; null for a new, empty store, or for that of <see cref="DataDirectory"/>. Clusters that are given the same one share
    /// a bucket.
    /// </summary>
    public SandboxObjectStore? ObjectStore { get; init; }

    /// <summary>
    /// The directory that its state is kept in, objects included, so that it is there again when the next cluster is started with it; null to
    /// keep everything in memory. It is made where there is none, and serves one cluster at a time, always of the same release.
    /// </summary>
    public string? DataDirectory { get; init; }

    /// <summary>
    /// Whether it goes on with a data directory of an earlier point release of its line, as a pachd does that is deployed on the volumes of an
    /// earlier one. Default: no.
    /// </summary>
    public bool Upgrades { get; init; }

    /// <summary>
    /// An archive that it holds from the beginning; null for none. With a data directory it is kept whole or not at all. The cluster is like one that
    /// has run until now: the cron ticks that are due by then count as made.
    /// </summary>
    public string? Archive { get; init; }

    /// <summary>
    /// Whether workers run: output commits are finished with copies of the input files, and jobs and datum tags are made. Otherwise output commits stay
    /// open.
    /// </summary>
    public bool RunPipelines { get; init; }

    /// <summary>
    /// Whether cron inputs tick only when <see cref="SandboxCluster.Tick"/> is called, so that a replay decides when. Default: no. They tick by
    /// themselves, as in pachd: a new pipeline makes the ticks that were missed since the start in its spec at once, and a stopped one goes on ticking.
    /// </summary>
    public bool TicksOnRequest { get; init; }

    /// <summary>
    /// How many operations its etcd takes in one transaction (<c>--max-txn-ops</c>). Default: what deployments of pachctl give; etcd's own default is
    /// 128.
    /// </summary>
    public int MaxTxnOps { get; init; } = 10_000;

    /// <summary>
    /// What the ids of the cluster and of what it makes are derived from, so that clusters that do the same hold the same; null for random ids, as real
    /// servers make them. Two clusters of one plan must not have the same.
    /// </summary>
    public string? IdSeed { get; init; }

    /// <summary>Where started, finished and created times come from, and the moments of cron ticks.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
