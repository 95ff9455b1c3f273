using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>
/// Converts the cluster and user of a kubeconfig for the official client, in kubectl's order: token, password, auth-provider, plugin.
/// </summary>
internal static class KubeLogin
{
    /// <summary>The official client's configuration for a place.</summary>
    /// <exception cref="StepFailedException">A value in the kubeconfig cannot be used.</exception>
    public static async Task<KubernetesClientConfiguration> ConfigureAsync(KubePlace place, TimeProvider time, CancellationToken cancellationToken)
    {
        var configuration = new KubernetesClientConfiguration
        {
            Host = place.Server.OriginalString,
            SkipTlsVerify = place.Cluster.Flag("insecure-skip-tls-verify"),
            TlsServerName = place.Cluster.Text("tls-server-name"),
            SslCaCerts = place.Cluster.Content("certificate-authority-data", "certificate-authority") is { } pem ? ReadAuthorities(place.Cluster, pem) : null,
        };
        if (place.User is { } user)
        {
            AddCertificate(
                configuration, user, user.Content("client-certificate-data", "client-certificate"), user.Content("client-key-data", "client-key"));
            await AddTokenAsync(configuration, user, place, time, cancellationToken);
        }

        return configuration;
    }

    private static async Task AddTokenAsync(
        KubernetesClientConfiguration configuration, KubeConfigNode user, KubePlace place, TimeProvider time, CancellationToken cancellationToken)
    {
        if (user.Text("tokenFile") is not null)
        {
            configuration.TokenProvider = TokenFile.Open(user, "tokenFile");
        }
        else if (user.Text("token") is { } token)
        {
            configuration.AccessToken = TokenFile.IsToken(token) ? token : throw user.Wrong("token", "is not a valid token: it contains a line break or a space");
        }
        else if (user.Text("username") is { } name)
        {
            (configuration.Username, configuration.Password) = (name, user.Text("password") ?? "");
        }
        else if (user.Child("auth-provider") is { } provider)
        {
            configuration.AccessToken = AuthProviderLogin.TokenOf(user, provider, place, time.GetUtcNow());
        }
        else if (user.Child("exec") is { } exec)
        {
            var login = await ExecLogin.RunAsync(user, exec, place, time, cancellationToken);
            configuration.TokenProvider = login.HasToken ? login : null;
            if (login.Certificate.Length > 0)
            {
                AddCertificate(configuration, user, login.Certificate, login.Key);
            }
        }
    }

    private static void AddCertificate(KubernetesClientConfiguration configuration, KubeConfigNode user, string? certificate, string? key)
    {
        if (certificate is null && key is null)
        {
            return;
        }

        try
        {
            using var together = X509Certificate2.CreateFromPem(
                certificate ?? throw user.Wrong("client-certificate", "is missing, but there is a \"client-key\""),
                key ?? throw user.Wrong("client-key", "is missing, but there is a \"client-certificate\""));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw user.Wrong("client-certificate", $"and \"client-key\" are not a certificate and its key in PEM format: {e.Message.TrimEnd('.')}", e);
        }

        (configuration.ClientCertificateData, configuration.ClientCertificateKeyData) = (Encode(certificate), Encode(key));
    }

    private static X509Certificate2Collection ReadAuthorities(KubeConfigNode cluster, string pem)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw cluster.Wrong("certificate-authority", $"is not in PEM format: {e.Message.TrimEnd('.')}", e);
        }

        return authorities.Count > 0 ? authorities : throw cluster.Wrong("certificate-authority", "contains no certificate in PEM format");
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
