using PachUp.Pachyderm;

namespace PachUp.Sandbox;

/// <summary>The settings of a sandbox cluster.</summary>
public sealed record SandboxOptions
{
    /// <summary>Settings for a cluster that reports a release and behaves as the nearest release that has a sandbox.</summary>
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

    /// <summary>The release that it reports, where it stands in for a release that behaves alike; null for <see cref="Release"/>.</summary>
    public Release? StatedRelease { get; init; }

    /// <summary>The port on 127.0.0.1 that it listens on, 1 to 65535; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The port on 127.0.0.1 of its peer port, which serves every call, 1 to 65535; 0 for any that is free.</summary>
    public int PeerPort { get; init; }

    /// <summary>
    /// Whether the public port serves the object API too, as pachd does with <c>--expose-object-api</c>. Default: no, as in production. The peer port
    /// always serves it.
    /// </summary>
    public bool ExposeObjectApi { get; init; }

    /// <summary>
    /// The bucket with its objects; null for a new, empty one, or for that of <see cref="DataDirectory"/>. Clusters with the same store share a bucket.
    /// </summary>
    public SandboxObjectStore? ObjectStore { get; init; }

    /// <summary>
    /// The directory that keeps its state, including objects, for the next cluster that is started with it; null to keep everything in memory. It is
    /// created where there is none, and serves one cluster at a time, always of the same release.
    /// </summary>
    public string? DataDirectory { get; init; }

    /// <summary>
    /// Whether it accepts the data directory of an earlier point release of its line, as a pachd accepts the volumes of an earlier one. Default: no.
    /// </summary>
    public bool Upgrades { get; init; }

    /// <summary>
    /// An archive to restore before the start; null for none. A data directory gets all of it or nothing. The cluster is then like one that has run
    /// until now: cron ticks that are due count as made.
    /// </summary>
    public string? Archive { get; init; }

    /// <summary>
    /// Whether workers run. They finish output commits with copies of the input files, and make jobs and datum tags. Without workers output commits stay
    /// open.
    /// </summary>
    public bool RunPipelines { get; init; }

    /// <summary>
    /// Whether cron inputs tick only when <see cref="SandboxCluster.Tick"/> is called, as a replay needs it. Default: no. Cron inputs then tick by
    /// themselves, as in pachd: a new pipeline makes all ticks since the start in its spec at once, and in 1.7 and 1.9 a stopped
    /// pipeline goes on ticking.
    /// </summary>
    public bool TicksOnRequest { get; init; }

    /// <summary>
    /// How many operations its etcd accepts in one transaction (<c>--max-txn-ops</c>). Default: the value that pachctl deploys. The default of etcd is
    /// 128.
    /// </summary>
    public int MaxTxnOps { get; init; } = 10_000;

    /// <summary>
    /// The seed of all ids that the cluster makes, so that two runs with the same calls make the same ids; null for random ids, as on real servers. Give
    /// the two clusters of a plan different seeds.
    /// </summary>
    public string? IdSeed { get; init; }

    /// <summary>The clock for started, finished and created times and for cron ticks.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Whether the public port is closed for all clients but PachUp; see <see cref="SandboxCluster.IsFenced"/>.</summary>
    public bool IsFenced { get; init; }
}
