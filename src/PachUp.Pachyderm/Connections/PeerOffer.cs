namespace PachUp.Pachyderm.Connections;

/// <summary>
/// A way to the peer port of a pachd that can be opened, such as a port forward. It is opened only where the public port does not serve the
/// object API. That it cannot be opened is no error: objects cannot be asked for then.
/// </summary>
/// <param name="name">What it leads to, such as <c>the peer port of a pachd pod</c>.</param>
/// <param name="open">Opens it; throws an <see cref="AddressException"/> that says why it cannot.</param>
public sealed class PeerOffer(string name, Func<CancellationToken, Task<ClusterAddress>> open)
{
    /// <summary>What it leads to.</summary>
    public string Name { get; } = name;

    /// <summary>Opens it.</summary>
    /// <exception cref="AddressException">It cannot be opened; the message says why.</exception>
    public Task<ClusterAddress> OpenAsync(CancellationToken cancellationToken) => open(cancellationToken);
}
