using System.Text.Json.Nodes;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>A service of the old deployment, and the service with the same name in the new one.</summary>
/// <param name="Giver">The old service.</param>
/// <param name="Taker">The new service; null if it does not exist yet.</param>
/// <param name="Run">The id of the run.</param>
internal sealed record ServicePair(JsonObject Giver, JsonObject? Taker, string Run)
{
    /// <summary>Where clients know the old service, also if it has given that away in this run.</summary>
    public PublicFace Face { get; } = ServiceBefore.Of(Giver, Run)?.Face ?? PublicFace.Of(Giver);
}
