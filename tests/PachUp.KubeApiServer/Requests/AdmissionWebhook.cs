using System.Text.Json.Nodes;

namespace PachUp.KubeApiServer.Requests;

/// <summary>An admission webhook: it refuses objects when they are created or replaced, like one that checks images.</summary>
public sealed class AdmissionWebhook
{
    /// <summary>Why an object of a kind is refused; null if it is accepted.</summary>
    public Func<string, JsonObject, string?> Refuses { get; set; } = (_, _) => null;

    /// <exception cref="ApiException">It refuses the object.</exception>
    internal void Require(string kind, JsonObject value)
    {
        if (Refuses(kind, value) is { } reason)
            throw ApiException.Forbidden($"admission webhook \"images.example.com\" denied the request: {reason}");
    }
}
