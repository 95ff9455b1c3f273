using System.Globalization;
using System.Text.Json;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>
/// Logins in the format that clients wrote up to 2022, with a token that kubectl renewed. The Kubernetes client libraries do not support them any
/// more:
/// PachUp uses the token while it is valid, and then tells the user how to write a current login.
/// </summary>
internal static class AuthProviderLogin
{
    /// <summary>The token of an <c>auth-provider</c>.</summary>
    /// <param name="user">The user of the kubeconfig.</param>
    /// <param name="provider">Its <c>auth-provider</c>.</param>
    /// <param name="place">The cluster to log in to.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="Sdk.StepFailedException">There is no token, or it has expired.</exception>
    public static string TokenOf(KubeConfigNode user, KubeConfigNode provider, KubePlace place, DateTimeOffset now)
    {
        var (name, config) = (provider.Text("name") ?? "", provider.Child("config"));
        var key = name == "oidc" ? "id-token" : "access-token";
        var token = config?.Text(key);
        var problem = token is null ? $"it has no \"{key}\""
            : !TokenFile.IsToken(token) ? $"its \"{key}\" is no token"
            : ExpiryProblem(name, key, config!, token, now);
        return problem is null
            ? token!
            : throw user.Unusable(
                $"{user.Owner} uses the auth-provider \"{name}\", which PachUp's Kubernetes client library does not support any more, and {problem}",
                RemedyFor(name, config, place));
    }

    private static string? ExpiryProblem(string name, string key, KubeConfigNode config, string token, DateTimeOffset now)
    {
        if (name == "oidc" && ExpiryOfJwt(token) is null)
        {
            return $"its \"{key}\" cannot be read";
        }

        var expiry = name switch
        {
            "oidc" => ExpiryOfJwt(token),
            "azure" => ParseSeconds(config.Text("expires-on")),
            _ => ParseTime(config.Text("expiry")),
        };
        return expiry <= now ? $"its \"{key}\" expired at {expiry.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : null;
    }

    private static DateTimeOffset? ParseTime(string? text) => text is null
        ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : DateTimeOffset.UnixEpoch;

    private static DateTimeOffset? ParseSeconds(string? text) => text is null
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.UnixEpoch;

    /// <summary>The expiry in the second part of a JSON web token; null if it has none.</summary>
    private static DateTimeOffset? ExpiryOfJwt(string token)
    {
        if (token.Split('.') is not [_, var body, _])
        {
            return null;
        }

        try
        {
            using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(body));
            return claims.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("exp", out var expiry)
                ? ParseSeconds(expiry.GetRawText())
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    private static string RemedyFor(string name, KubeConfigNode? config, KubePlace place) => name switch
    {
        "gcp" => "Install the plugin (gcloud components install gke-gcloud-auth-plugin) and write a new login: "
            + $"gcloud container clusters get-credentials {GkeClusterOf(place)}",
        "azure" => "Install kubelogin (az aks install-cli) and convert the kubeconfig: kubelogin convert-kubeconfig",
        "oidc" => $"Let kubectl renew it (kubectl --context {place.Context} get namespaces), or write a new login with the plugin: kubectl oidc-login setup "
            + $"--oidc-issuer-url={config?.Text("idp-issuer-url") ?? "URL"} --oidc-client-id={config?.Text("client-id") ?? "ID"}",
        _ => "Log in with a token, a certificate or an \"exec\" plugin instead.",
    };

    /// <summary>gcloud calls clusters <c>gke_PROJECT_LOCATION_NAME</c> in kubeconfigs.</summary>
    private static string GkeClusterOf(KubePlace place) => place.Cluster.Owner.Split('"')[1].Split('_', 4) switch
    {
        ["gke", var project, var location, var name] => $"{name} --location {location} --project {project}",
        _ => "CLUSTER --location LOCATION",
    };
}
