using PachUp.Pachyderm;

namespace PachUp.Commands.Sandboxes;

/// <summary>A sandbox cluster that takes calls, for programs.</summary>
internal sealed record SandboxDocument(string Address, Release Release, string? Archive, string? Data)
{
    /// <summary>Where its peer port is.</summary>
    public required string PeerAddress { get; init; }

    /// <summary>Whether the public port serves the object API too.</summary>
    public required bool ExposesObjectApi { get; init; }
}
