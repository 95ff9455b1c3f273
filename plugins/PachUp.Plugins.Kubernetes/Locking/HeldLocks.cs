using System.Collections.Concurrent;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Locking;

/// <summary>The locks that this process takes. Each remembers how it wrote its lock last, so that a change by others is noticed with the next one.</summary>
internal sealed class HeldLocks
{
    private readonly ConcurrentDictionary<(Uri Server, string Namespace), NamespaceLock> _locks = new();

    /// <summary>The lock of a namespace.</summary>
    public NamespaceLock Of(KubeApi api) => _locks.GetOrAdd((api.Transport.Client.BaseUri, api.Namespace), _ => new NamespaceLock(api));
}
