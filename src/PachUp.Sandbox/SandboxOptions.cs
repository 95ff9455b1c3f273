using PachUp.Pachyderm;

namespace PachUp.Sandbox;

/// <summary>What a sandbox cluster is made of.</summary>
public sealed record SandboxOptions
{
    /// <summary>The release that it behaves as: one of <see cref="SandboxReleases.All"/>.</summary>
    public required Release Release { get; init; }

    /// <summary>The port on 127.0.0.1 that it listens on, 1 to 65535; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Where its objects lie; null for a new, empty store. Clusters that are given the same one share a bucket.</summary>
    public SandboxObjectStore? ObjectStore { get; init; }

    /// <summary>Where started, finished and created times come from.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
