using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PachUp.Testing;

/// <summary>A proxy that terminates TLS, like a load balancer. The server receives calls without encryption, but with the scheme "https".</summary>
public sealed class TlsProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2 _certificate;
    private readonly int _server;
    private readonly Task _accepting;

    private TlsProxy(int server)
    {
        _server = server;
        _listener.Start();
        _certificate = SelfSigned($"CN=proxy before {server}");
        _accepting = AcceptAsync();
    }

    /// <summary>The address for clients.</summary>
    public string Address => $"grpcs://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Its certificate, which clients have to trust.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>Starts the proxy.</summary>
    /// <param name="server">The port of the server on this machine.</param>
    public static TlsProxy Start(int server) => new(server);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _certificate.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassOnAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The listener was closed.
        }
    }

    private async Task PassOnAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                using var server = new TcpClient();
                await using var encrypted = new SslStream(connection.GetStream());
                await encrypted.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate, ApplicationProtocols = [SslApplicationProtocol.Http2] }, _end.Token);
                await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
                var open = server.GetStream();
                await Task.WhenAny(encrypted.CopyToAsync(open, _end.Token), open.CopyToAsync(encrypted, _end.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // Each side may close its connection at any time.
            }
        }
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
