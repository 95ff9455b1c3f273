using System.Text.Json.Nodes;

namespace PachUp.KubeApiServer;

/// <summary>The server refuses a request.</summary>
/// <param name="code">The HTTP status.</param>
/// <param name="reason">The machine-readable reason; empty for an answer in plain text.</param>
/// <param name="message">The message.</param>
public sealed class ApiException(int code, string reason, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Code { get; } = code;

    /// <summary>The machine-readable reason.</summary>
    public string Reason { get; } = reason;

    /// <summary>How many seconds the client should wait before it tries again; 0 for no such header.</summary>
    public int RetryAfterSeconds { get; init; }

    /// <summary>The <c>Status</c> object for the client.</summary>
    public JsonObject ToStatus() => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = Message,
        ["reason"] = Reason,
        ["code"] = Code,
    };

    internal static ApiException UnknownPath() => new(404, "", "404 page not found\n");

    internal static ApiException UnknownResource() => new(404, "NotFound", "the server could not find the requested resource");

    internal static ApiException MethodNotAllowed() => new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");

    internal static ApiException NotFound(string resource, string name) => new(404, "NotFound", $"{resource} \"{name}\" not found");

    internal static ApiException AlreadyExists(string resource, string name) => new(409, "AlreadyExists", $"{resource} \"{name}\" already exists");

    internal static ApiException Modified(string resource, string name) => new(
        409,
        "Conflict",
        $"Operation cannot be fulfilled on {resource} \"{name}\": the object has been modified; please apply your changes to the latest version and try again");

    /// <summary>The login is not accepted, for example because its token has expired.</summary>
    public static ApiException Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    /// <summary>The request is not allowed.</summary>
    public static ApiException Forbidden(string message) => new(403, "Forbidden", message);

    internal static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    internal static ApiException Invalid(string kind, string name, IReadOnlyList<string> causes)
    {
        var text = causes.Count == 1 ? causes[0] : $"[{string.Join(", ", causes)}]";
        return new ApiException(422, "Invalid", $"{kind} \"{name}\" is invalid: {text}");
    }
}
