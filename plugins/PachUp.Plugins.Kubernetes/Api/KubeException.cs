namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>The API server refused something, or could not be reached.</summary>
/// <param name="code">The HTTP status; 0 if there was no answer.</param>
/// <param name="message">The server's message, or why it could not be reached.</param>
/// <param name="inner">The cause.</param>
public sealed class KubeException(int code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The HTTP status; 0 if there was no answer.</summary>
    public int Code { get; } = code;

    /// <summary>Whether the object does not exist.</summary>
    public bool IsNotFound => Code == 404;

    /// <summary>Whether another user changed or created the object in the meantime.</summary>
    public bool IsConflict => Code == 409;

    /// <summary>Whether trying again later may help: the server does not answer, is busy or is starting.</summary>
    public bool MayPass => Code is 0 or 429 or 502 or 503 or 504;

    /// <summary>Whether the request certainly did not arrive, or was rejected unread.</summary>
    public bool IsUnsent => Code == 429 || InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    /// <summary>Whether a permission is missing.</summary>
    public bool IsForbidden => Code == 403;
}
