namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>The API server refused something, or could not be reached.</summary>
/// <param name="code">The HTTP status; 0 where there was no answer.</param>
/// <param name="message">What the server said, or why it could not be asked.</param>
/// <param name="inner">What led to it.</param>
public sealed class KubeException(int code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The HTTP status; 0 where there was no answer.</summary>
    public int Code { get; } = code;

    /// <summary>Whether the object is not there.</summary>
    public bool IsNotFound => Code == 404;

    /// <summary>Whether somebody else changed or made the object meanwhile.</summary>
    public bool IsConflict => Code == 409;

    /// <summary>Whether it may be over after a while: nobody answered, or the server is busy or starting.</summary>
    public bool MayPass => Code is 0 or 429 or 502 or 503 or 504;

    /// <summary>Whether the request certainly did not arrive, or was turned away unread.</summary>
    public bool IsUnsent => Code == 429 || InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    /// <summary>Whether the permission is missing.</summary>
    public bool IsForbidden => Code == 403;
}
