namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>The API server refused something, or could not be reached.</summary>
/// <param name="code">The HTTP status; 0 if there was no answer.</param>
/// <param name="message">The server's message, or why it could not be reached.</param>
/// <param name="inner">The cause.</param>
public sealed class KubeException(int code, string message, Exception? inner = null) : Exception(message, inner)
{
    // The server answers so while an object with the same name is still being deleted.
    private const string BeingDeleted = "object is being deleted";

    /// <summary>The HTTP status; 0 if there was no answer.</summary>
    public int Code { get; } = code;

    /// <summary>How long the server wants the client to wait; null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether an earlier attempt of the same request got no clear answer. Then that attempt may have been carried out, and be the reason for this refusal.
    /// </summary>
    public bool FollowsLostAnswer { get; init; }

    /// <summary>Whether the object does not exist.</summary>
    public bool IsNotFound => Code == 404;

    /// <summary>Whether another user changed or created the object in the meantime.</summary>
    public bool IsConflict => Code == 409;

    /// <summary>Whether another service has a node port that was asked for.</summary>
    public bool IsNodePortTaken => Code == 422 && Message.Contains("provided port is already allocated", StringComparison.Ordinal);

    /// <summary>Whether a quota has no room for the object.</summary>
    public bool IsOverQuota => IsForbidden && Message.Contains("exceeded quota", StringComparison.Ordinal);

    /// <summary>Whether a webhook cannot be asked without making the change.</summary>
    public bool HasNoDryRun => Code == 400 && Message.Contains("does not support dry run", StringComparison.Ordinal);

    /// <summary>Whether a permission is missing.</summary>
    public bool IsForbidden => Code == 403;

    /// <summary>Whether the server does not accept the login, for example because it has expired.</summary>
    public bool IsUnauthorized => Code == 401;

    /// <summary>Whether trying again later may help: the server does not answer, is busy or is starting, or an old object is not gone yet.</summary>
    public bool MayPass => Code is 0 or 429 or >= 500 || (IsConflict && Message.Contains(BeingDeleted, StringComparison.Ordinal));

    /// <summary>Whether the request may have been carried out although there is no clear answer.</summary>
    public bool MayBeDone => Code is 0 or >= 500
        && InnerException is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
}
