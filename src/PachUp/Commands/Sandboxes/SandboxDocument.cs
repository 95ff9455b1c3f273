using PachUp.Pachyderm;

namespace PachUp.Commands.Sandboxes;

/// <summary>A running sandbox, for programs.</summary>
internal sealed record SandboxDocument(string Address, Release Release, string? Archive, string? Data)
{
    /// <summary>The address of its peer port.</summary>
    public required string PeerAddress { get; init; }

    /// <summary>Whether the public port serves the object API too.</summary>
    public required bool ExposesObjectApi { get; init; }
}
