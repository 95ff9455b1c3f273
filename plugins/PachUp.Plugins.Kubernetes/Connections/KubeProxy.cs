using System.Net;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>The proxy in front of an API server.</summary>
/// <param name="Web">The proxy.</param>
/// <param name="Origin">The setting that defines it.</param>
internal sealed record KubeProxy(WebProxy Web, string Origin)
{
    private const string ProxyUrl = "proxy-url";

    /// <summary>
    /// The proxy for a server: the one of its cluster in the kubeconfig (always used, as kubectl does), else the one of the environment by Go's
    /// rules;
    /// null for none.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="cluster">Its cluster in the kubeconfig; null for none.</param>
    /// <param name="environment">Looks up an environment variable; null if it is not set.</param>
    /// <exception cref="StepFailedException">The setting is not the address of a proxy.</exception>
    public static KubeProxy? Find(Uri server, KubeConfigNode? cluster, Func<string, string?> environment)
    {
        if (cluster?.Text(ProxyUrl) is { } text)
        {
            return Parse(text, $"\"{ProxyUrl}\" of {cluster.Owner} in \"{cluster.File}\"", needsScheme: true)
                ?? throw cluster.Wrong(ProxyUrl, "is not an address that begins with http://, https:// or socks5://");
        }

        var name = server.Scheme == Uri.UriSchemeHttps ? "HTTPS_PROXY" : "HTTP_PROXY";
        if (Variable(name, environment) is not { } found || new NoProxyRules(Variable("NO_PROXY", environment)?.Value ?? "").Exclude(server))
        {
            return null;
        }

        return Parse(found.Value, found.Name, needsScheme: false)
            ?? throw new StepFailedException($"{found.Name} does not contain the address of a proxy", "Correct it to http://HOST:PORT, or list the API server in NO_PROXY.");
    }

    /// <summary>The address without a password, and the setting that defines it.</summary>
    public override string ToString() => $"the proxy {Web.Address!.GetLeftPart(UriPartial.Authority)} (from {Origin})";

    private static (string Name, string Value)? Variable(string name, Func<string, string?> environment) => new[] { name, name.ToLowerInvariant() }
        .Select(variable => environment(variable) is { Length: > 0 } value ? (variable, value) : ((string, string)?)null)
        .FirstOrDefault(found => found is not null);

    private static KubeProxy? Parse(string text, string origin, bool needsScheme)
    {
        var url = needsScheme || text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "socks5") || uri.Host.Length == 0)
        {
            return null;
        }

        var user = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var address = new UriBuilder(uri) { UserName = "", Password = "" }.Uri;
        return new KubeProxy(new WebProxy(address) { Credentials = uri.UserInfo.Length > 0 ? new NetworkCredential(user[0], user.ElementAtOrDefault(1) ?? "") : null }, origin);
    }
}
