using PachUp.Pachyderm.Connections;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>A port of a pod cannot be forwarded now.</summary>
/// <param name="trouble">Why, and what to do.</param>
/// <param name="inner">The cause; null for none.</param>
internal sealed class ForwardException(ConnectionTrouble trouble, Exception? inner = null) : Exception(trouble.Found, inner)
{
    /// <summary>Why, and what to do.</summary>
    public ConnectionTrouble Trouble { get; } = trouble;

    /// <summary>Whether a port that was forwarded before may come back by itself, because its pod is only being replaced.</summary>
    public bool MayComeBack { get; init; }
}
