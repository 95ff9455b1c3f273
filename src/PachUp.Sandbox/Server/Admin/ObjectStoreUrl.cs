using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>URLs of object stores for extract and restore. The sandbox has no credentials for any of them.</summary>
internal static class ObjectStoreUrl
{
    /// <summary>The error of a server without credentials.</summary>
    /// <param name="url">The URL of the client.</param>
    /// <param name="needsObject">Whether the release checks that the URL names an object: from 1.8 on.</param>
    public static PachdError Refuse(string url, bool needsObject)
    {
        var scheme = url.Contains("://", StringComparison.Ordinal) ? url[..url.IndexOf("://", StringComparison.Ordinal)] : "";
        if (ServiceOf(scheme) is not { } service)
            return new PachdError($"error parsing url {url}: unrecognized object store: {scheme}");

        var names = url[(scheme.Length + 3)..].Split('/', 2);
        return needsObject && names.Length < 2
            ? new PachdError($"URL must be <svc>://<bucket>/<object> (no object in {url})")
            : new PachdError($"{service} not found");
    }

    /// <summary>The first secret that pachd looks for.</summary>
    private static string? ServiceOf(string scheme) => scheme switch
    {
        "s3" => "amazon-region",
        "gcs" or "gs" => "google-bucket",
        "as" or "wasb" => "microsoft-id",
        "local" => "local-root",
        _ => null,
    };
}
