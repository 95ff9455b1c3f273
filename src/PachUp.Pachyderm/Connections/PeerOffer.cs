namespace PachUp.Pachyderm.Connections;

/// <summary>
/// A peer port of pachd that a platform can open, for example with a port forward. It is opened only if the public port does not serve the object
/// API. If it cannot be opened, that is not an error, but objects cannot be read.
/// </summary>
/// <param name="name">The name in messages, such as <c>the peer port of a pachd pod</c>.</param>
/// <param name="open">Opens the port, or throws an <see cref="AddressException"/> with the reason.</param>
public sealed class PeerOffer(string name, Func<CancellationToken, Task<ClusterAddress>> open)
{
    /// <summary>The name in messages.</summary>
    public string Name { get; } = name;

    /// <summary>Opens the port.</summary>
    /// <exception cref="AddressException">The port cannot be opened. The message has the reason.</exception>
    public Task<ClusterAddress> OpenAsync(CancellationToken cancellationToken) => open(cancellationToken);
}
