using PachUp.Pachyderm;
using PachUp.Sandbox.Server.Storage;

namespace PachUp.Sandbox.Server;

/// <summary>The settings of one server.</summary>
internal sealed record PachdSettings
{
    /// <summary>The release that it behaves as.</summary>
    public required Release Release { get; init; }

    /// <summary>What it answers when a client asks for its release.</summary>
    public required Release StatedRelease { get; init; }

    /// <summary>Its bucket, as its release sees it.</summary>
    public required ObjectStorage Objects { get; init; }

    /// <summary>Its clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Whether workers run in it.</summary>
    public bool RunsPipelines { get; init; }

    /// <summary>Whether cron inputs tick only on request.</summary>
    public bool TicksOnRequest { get; init; }

    /// <summary>How many comparisons its etcd accepts in one transaction.</summary>
    public required int MaxTxnOps { get; init; }

    /// <summary>The seed of its ids; null for random ids.</summary>
    public string? IdSeed { get; init; }
}
