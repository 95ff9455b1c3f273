using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>Addresses of object stores, which extract and restore can be told to use. The sandbox has the credentials of none.</summary>
internal static class ObjectStoreUrl
{
    /// <summary>The error that a server without credentials answers with.</summary>
    /// <param name="url">What the client gave.</param>
    /// <param name="needsObject">Whether the release looks whether an object is named: from 1.8 on.</param>
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
