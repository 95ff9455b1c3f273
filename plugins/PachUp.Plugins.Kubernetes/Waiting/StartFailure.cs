using System.Text.Json.Nodes;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>What keeps a workload from starting, and does not pass by itself.</summary>
/// <param name="Found">What is wrong, without a full stop.</param>
/// <param name="About">The name of the pod or claim.</param>
internal sealed record StartFailure(string Found, string About)
{
    /// <summary>The pod with the logs; null if no container has run.</summary>
    public JsonObject? Pod { get; init; }
}
