using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using PachUp.Pachyderm.Connections;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Connections;

public class PachdErrorTests
{
    private static readonly PachdTimeouts Short = new() { Answer = TimeSpan.FromMilliseconds(200) };
    private static readonly PachdTimeouts NoRetry = new() { Retry = TimeSpan.Zero };

    [Fact]
    public async Task No_server_listens()
    {
        var error = await ErrorAsync(new ClusterAddress { Host = "127.0.0.1", Port = UnusedPort(), Origin = "PACHD_ADDRESS" });

        Assert.Equal(PachdFailure.Unreachable, error.Failure);
        Assert.Matches(
            @"^The pachd at 127\.0\.0\.1:\d+ \(from PACHD_ADDRESS\) could not say its release: no server listens at this address\. Check the address, and that",
            error.Message);
        Assert.Equal("", error.Detail);
    }

    [Fact]
    public async Task The_host_name_is_unknown()
    {
        var error = await ErrorAsync(ClusterAddress.Parse("nowhere.invalid", "--source"));

        Assert.Equal(PachdFailure.Unreachable, error.Failure);
        AssertSays("the host name \"nowhere.invalid\" is unknown. Check the address.", error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_server_never_answers(bool tls)
    {
        using var listener = Listen();

        var error = await ErrorAsync(AddressOf(listener, tls), Short);

        Assert.Equal(PachdFailure.Unreachable, error.Failure);
        AssertSays("no answer within 0.2 seconds. Check the address", error);
    }

    [Fact]
    public async Task A_stream_also_detects_that_the_server_does_not_answer()
    {
        using var listener = Listen();
        await using var client = PachdClient.Create(AddressOf(listener) with { Timeouts = Short });

        var error = await Assert.ThrowsAsync<PachdException>(async () => await client.ExtractAsync(includeObjects: true).ToListAsync());

        Assert.Equal(PachdFailure.Unreachable, error.Failure);
    }

    [Fact]
    public async Task The_connection_is_closed_immediately()
    {
        using var listener = Listen();
        _ = AnswerAsync(listener, []);

        var error = await ErrorAsync(AddressOf(listener));

        Assert.True(error.Failure is PachdFailure.Unreachable or PachdFailure.NotPachd, error.Message);
        AssertSays("If pachd expects encryption, use the address grpcs://127.0.0.1:", error);
    }

    [Fact]
    public async Task A_port_forward_without_a_pod()
    {
        using var listener = Listen();
        _ = AnswerAsync(listener, []);

        var error = await ErrorAsync(AddressOf(listener) with { Label = "namespace pachyderm of kubernetes.example:6443" });

        Assert.Equal(PachdFailure.Unreachable, error.Failure);
        AssertSays("no pod of pachd answers. Check the namespace, and that it has a pod of pachd that is ready.", error);
        Assert.DoesNotContain("grpcs://", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_forward_that_knows_its_trouble()
    {
        using var listener = Listen();
        _ = AnswerAsync(listener, []);

        var error = await ErrorAsync(AddressOf(listener) with
        {
            Label = "namespace pachyderm of kubernetes.example:6443",
            LastTrouble = () => new ConnectionTrouble("namespace \"pachyderm\" does not exist", "Give another one."),
        });

        Assert.Equal(PachdFailure.Unreachable, error.Failure);
        AssertSays(": namespace \"pachyderm\" does not exist. Give another one.", error);
    }

    [Fact]
    public async Task A_web_server_with_HTTP_1()
    {
        using var listener = Listen();
        _ = AnswerAsync(listener, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());

        var error = await ErrorAsync(AddressOf(listener));

        Assert.Equal(PachdFailure.NotPachd, error.Failure);
        AssertSays("the server at this address does not speak gRPC. Check the port. If pachd expects encryption, use the address grpcs://", error);
    }

    [Fact]
    public async Task A_web_server_answers_not_found()
    {
        await using var server = await FakePachd.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });

        var error = await ErrorAsync(server.Address);

        Assert.Equal((PachdFailure.NotPachd, ""), (error.Failure, error.Detail));
        AssertSays("the server at this address is not pachd (Bad gRPC response. HTTP status code: 404). Check the address and the port.", error);
    }

    [Fact]
    public async Task The_answer_is_another_message()
    {
        await using var server = await FakePachd.StartAsync((_, _) => new Reply([[0xFF]]));

        Assert.Equal(PachdFailure.NotPachd, (await ErrorAsync(server.Address)).Failure);
    }

    [Fact]
    public async Task The_client_uses_encryption_but_the_server_does_not()
    {
        using var listener = Listen();
        _ = AnswerAsync(listener, "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        var error = await ErrorAsync(AddressOf(listener, tls: true));

        Assert.Equal(PachdFailure.NotPachd, error.Failure);
        AssertSays("the encrypted connection failed", error);
        AssertSays("if not, omit grpcs://", error);
    }

    [Fact]
    public async Task The_server_uses_encryption_but_the_client_does_not()
    {
        using var certificate = SelfSigned();
        await using var server = await StartEncryptedAsync(certificate);

        var error = await ErrorAsync(server.Address);

        Assert.True(error.Failure is PachdFailure.NotPachd or PachdFailure.Unreachable, error.Message);
        AssertSays("If pachd expects encryption, use the address grpcs://127.0.0.1:", error);
    }

    [Fact]
    public async Task The_certificate_is_not_trusted()
    {
        using var certificate = SelfSigned();
        await using var server = await StartEncryptedAsync(certificate);

        var error = await ErrorAsync(server.Address with { Tls = true });

        Assert.Equal(PachdFailure.NotPachd, error.Failure);
        AssertSays("that the issuer of the certificate is trusted (PACH_CA_CERTS, or server_cas in the config file)", error);
    }

    [Fact]
    public async Task A_certificate_of_the_address_is_trusted()
    {
        using var certificate = SelfSigned();
        await using var server = await StartEncryptedAsync(certificate);
        await using var client = PachdClient.Create(server.Address with { Tls = true, TrustedCertificatesPem = certificate.ExportCertificatePem() });

        Assert.Equal(new Release(1, 8, 7), await client.GetReleaseAsync());
    }

    [Fact]
    public async Task A_different_certificate_is_not_trusted()
    {
        using var certificate = SelfSigned();
        using var other = SelfSigned();
        await using var server = await StartEncryptedAsync(certificate);

        var error = await ErrorAsync(server.Address with { Tls = true, TrustedCertificatesPem = other.ExportCertificatePem() });

        Assert.Equal(PachdFailure.NotPachd, error.Failure);
    }

    [Fact]
    public void Invalid_certificates_are_refused()
    {
        var address = new ClusterAddress
        {
            Host = "localhost",
            Tls = true,
            TrustedCertificatesPem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        };

        Assert.Throws<AddressException>(() => PachdClient.Create(address));
    }

    [Theory]
    [InlineData(2, "repo images not found", PachdFailure.Refused, "could not list the repos: repo images not found.")]
    [InlineData(12, "unknown service pfs.API", PachdFailure.Unimplemented, "not have this call (it answered \"unknown service pfs.API\").")]
    [InlineData(12, "the auth service is not activated", PachdFailure.Refused, "could not list the repos: the auth service is not activated.")]
    [InlineData(14, "transport is closing", PachdFailure.ConnectionLost, "answered \"transport is closing\", which often means that it crashed.")]
    [InlineData(14, "all SubConns are in TransientFailure", PachdFailure.ConnectionLost, "Check the log")]
    [InlineData(14, "the auth service is only partially activated", PachdFailure.Unavailable, "only partially activated")]
    [InlineData(2, "etcdserver: request timed out", PachdFailure.Unavailable, "it answered \"etcdserver: request timed out\". Check that pachd and etcd are running")]
    [InlineData(16, "no authentication token (try logging in)", PachdFailure.NotAuthorized, "access control refused the call: \"no auth")]
    [InlineData(2, "no authentication token (try logging in)", PachdFailure.NotAuthorized, "Log in as a cluster admin with \"pachctl auth login\"")]
    [InlineData(2, "provided auth token is corrupted or has expired (try logging in again)", PachdFailure.NotAuthorized, "Log in")]
    [InlineData(2, "alice is not authorized to perform this operation - must have READER access", PachdFailure.NotAuthorized, "Log in")]
    public async Task Errors_of_pachd_are_classified_by_their_text(int code, string text, PachdFailure failure, string expected)
    {
        await using var pachd = await FakePachd.StartAsync((method, _) =>
            method == "/versionpb.API/GetVersion" ? Reply.Of(new Wire.Version.Version { Major = 1, Minor = 8, Micro = 7 }) : Reply.Error(code, text));
        await using var client = PachdClient.Create(pachd.Address with { Timeouts = NoRetry });

        var error = await Assert.ThrowsAsync<PachdException>(() => client.ListReposAsync());

        Assert.Equal((failure, text), (error.Failure, error.Detail));
        AssertSays(expected, error);
    }

    [Fact]
    public async Task An_error_that_repeats_the_token_is_shown_without_it()
    {
        await using var pachd = await FakePachd.StartAsync((_, _) => Reply.Error(2, "token token-4f1d2c is unknown"));

        var error = await ErrorAsync(pachd.Address with { SessionToken = "token-4f1d2c" });

        Assert.Equal("token (the session token) is unknown", error.Detail);
        Assert.DoesNotContain("token-4f1d2c", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpc://name:pass-5d2f@host:30650")]
    [InlineData("bogus://pass-5d2f@host")]
    [InlineData("pass-5d2f@localhost")]
    public void An_address_with_a_password_is_refused_without_showing_it(string address)
    {
        var error = Assert.Throws<FormatException>(() => ClusterAddress.Parse(address, "--source"));

        Assert.DoesNotContain("pass-5d2f", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_crashes_during_an_answer()
    {
        await using var pachd = await FakePachd.StartAsync(async context =>
        {
            if (context.Request.Path == "/versionpb.API/GetVersion")
            {
                await FakePachd.WriteAsync(context, Reply.Of(new Wire.Version.Version { Major = 1, Minor = 8, Micro = 7 }));
                return;
            }

            await FakePachd.WriteAsync(context, new Reply([OperationSamples.Repo("images").Bytes.ToArray()]));
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using var client = PachdClient.Create(pachd.Address with { Timeouts = NoRetry });

        var error = await Assert.ThrowsAsync<PachdException>(async () => await client.ExtractAsync(includeObjects: false).ToListAsync());

        Assert.Equal(PachdFailure.ConnectionLost, error.Failure);
        AssertSays("could not extract its state: the connection was lost", error);
    }

    [Fact]
    public async Task A_cancelled_call_throws_a_cancellation()
    {
        using var listener = Listen();
        using var cancellation = new CancellationTokenSource();
        await using var client = PachdClient.Create(AddressOf(listener));
        var call = client.GetReleaseAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static async Task<PachdException> ErrorAsync(ClusterAddress address, PachdTimeouts? timeouts = null)
    {
        await using var client = PachdClient.Create(address with { Timeouts = timeouts ?? NoRetry });
        return await Assert.ThrowsAsync<PachdException>(() => client.GetReleaseAsync());
    }

    private static void AssertSays(string expected, PachdException error) => Assert.Contains(expected, error.Message, StringComparison.Ordinal);

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int UnusedPort()
    {
        using var listener = Listen();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static ClusterAddress AddressOf(TcpListener listener, bool tls = false) =>
        new() { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, Tls = tls, Origin = "--source" };

    private static async Task AnswerAsync(TcpListener listener, byte[] answer)
    {
        using var socket = await listener.AcceptSocketAsync();
        await socket.ReceiveAsync(new byte[1024]);
        await socket.SendAsync(answer);
        socket.Shutdown(SocketShutdown.Send);
        await socket.ReceiveAsync(new byte[1024]);
    }

    private static Task<FakePachd> StartEncryptedAsync(X509Certificate2 certificate) => FakePachd.StartAsync(
        context => FakePachd.WriteAsync(context, Reply.Of(new Wire.Version.Version { Major = 1, Minor = 8, Micro = 7 })),
        listen => listen.UseHttps(certificate));

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=pachd", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
