using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace PachUp.Pachyderm.Connections;

/// <summary>Creates the HTTP/2 connection to pachd.</summary>
internal static class PachdChannel
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(10);
    private const int Probes = 3;

    /// <summary>Large enough for one chunk of an object in transfer. The tool switches off dynamic windows.</summary>
    private const int StreamWindowBytes = 8 * 1024 * 1024;

    /// <summary>A channel that connects at the first call.</summary>
    /// <param name="address">The address.</param>
    /// <param name="watch">Keeps the connections.</param>
    /// <exception cref="AddressException">The certificates of the address cannot be read.</exception>
    public static GrpcChannel Open(ClusterAddress address, CallWatch watch)
    {
        var scheme = address.Tls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        return GrpcChannel.ForAddress(new UriBuilder(scheme, address.Host, address.Port).Uri, new GrpcChannelOptions
        {
            HttpHandler = CreateHandler(address, watch),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = PachdClient.MaxMessageBytes,
            MaxSendMessageSize = PachdClient.MaxMessageBytes,
        });
    }

    private static SocketsHttpHandler CreateHandler(ClusterAddress address, CallWatch watch)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = address.Timeouts.Answer,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context, watch, cancellationToken),
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = StreamWindowBytes,
            UseProxy = false,
        };
        if (address.TrustedCertificatesPem.Length > 0)
        {
            var trusted = ReadCertificates(address);
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, trusted);
        }

        return handler;
    }

    /// <summary>
    /// Connects with TCP keep-alive, so that a stream that waits for hours detects a lost server. HTTP/2 pings are not used, because servers close the
    /// connection if pings are too frequent.
    /// </summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CallWatch watch, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)QuietTime.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, (int)ProbeInterval.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            watch.Add(socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static X509Certificate2Collection ReadCertificates(ClusterAddress address)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(address.TrustedCertificatesPem);
        }
        catch (CryptographicException e)
        {
            throw new AddressException($"The certificates for \"{address}\" (from {address.Origin}) are not in PEM format: {e.Message}", e);
        }

        return certificates;
    }

    /// <summary>Whether the certificate is trusted by the machine or by the certificates of the address.</summary>
    private static bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection trusted)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
        {
            return errors == SslPolicyErrors.None;
        }

        X509Certificate2[] sent = [.. chain?.ChainElements.Select(element => element.Certificate) ?? []];
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(trusted);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ExtraStore.AddRange(sent);
        using var leaf = new X509Certificate2(certificate);
        return own.Build(leaf);
    }
}
