using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Google.Protobuf;
using Grpc.Core;

namespace PachUp.Pachyderm.Connections;

/// <summary>Turns gRPC errors into messages that say what happened, with which server, and what to check.</summary>
internal sealed class PachdErrors(ClusterAddress address)
{
    private static readonly string[] AuthTexts =
        ["no authentication token", "auth token is corrupted or has expired", "not authorized to perform"];

    // Messages of servers that lost a connection or are shutting down.
    private static readonly string[] LostTexts = ["transport is closing", "all SubConns are in TransientFailure", "connection reset"];

    // Messages of servers that temporarily cannot reach another service, such as etcd. Their gRPC code is not Unavailable.
    private static readonly string[] UnavailableTexts = ["etcdserver: ", "code = Unavailable", "context deadline exceeded", "connection refused"];

    // Messages of gRPC about an answer that is not gRPC.
    private static readonly string[] NotGrpcTexts = ["Bad gRPC response", "Failed to deserialize response message"];

    // The message of the HTTP client if the connection is closed before the first byte. There is no error code for this.
    private const string NoHandshake = "server did not complete the HTTP/2 handshake";

    // The HTTP/2 codes for a server that does not speak HTTP/2. Other codes end a call on a working connection.
    private const long ProtocolError = 0x1;
    private const long Http11Required = 0xD;

    /// <summary>Whether an error means that access control is off.</summary>
    public static bool SaysThatAuthIsOff(string detail) => detail.Contains("auth service is not activated", StringComparison.Ordinal);

    /// <summary>The failure of a call.</summary>
    /// <param name="error">The gRPC error.</param>
    /// <param name="what">What the server was asked to do: "list the repos".</param>
    public PachdException Explain(RpcException error, string what)
    {
        error = WithoutToken(error);
        var (failure, found, remedy) = error.Status switch
        {
            { DebugException: { } cause } when Chain(cause).OfType<TimeoutException>().Any() => NoAnswer(address.Timeouts.Answer),
            { DebugException: { } cause } => ExplainConnection(cause),
            { StatusCode: StatusCode.Unavailable, Detail: var text } when IsNotGrpc(text) => Unavailable($"another server answered with \"{text}\""),
            { Detail: var text } when IsNotGrpc(text) => NotGrpc(text),
            var status => ExplainAnswer(status),
        };
        return new PachdException($"{Server} could not {what}: {found}. {remedy}".TrimEnd(), failure, error);
    }

    /// <summary>The failure of a call that the server ended without an error before everything was sent.</summary>
    public PachdException EndedEarly(string what, long sent) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Server} did not {what}: it ended the call after {sent} operations, ")
        + "before PachUp had sent all of them, and gave no reason. Check the log of pachd.",
        PachdFailure.ConnectionLost);

    /// <summary>The failure of a short call that was not answered.</summary>
    public PachdException NoAnswer(string what, TimeSpan limit)
    {
        var (failure, found, remedy) = NoAnswer(limit);
        return new PachdException($"{Server} could not {what}: {found}. {remedy}", failure);
    }

    /// <summary>The failure of a long call that was not answered.</summary>
    public PachdException TooLong(string what, TimeSpan limit) => new(
        $"{Server} could not {what}: the call was not answered within {Durations.Describe(limit)}. "
        + "Check the log of pachd and the network. To wait longer, use --call-timeout.",
        PachdFailure.ConnectionLost);

    /// <summary>The failure of a stream whose next message does not come, or is not taken.</summary>
    public PachdException Stalled(string what, TimeSpan limit) => new(
        $"{Server} could not {what}: the call made no progress for {Durations.Describe(limit)}. "
        + "Check the log of pachd and the network. To allow longer pauses, use --idle-timeout.",
        PachdFailure.ConnectionLost);

    /// <summary>Removes the session token, because some servers repeat it in their errors.</summary>
    private RpcException WithoutToken(RpcException error) =>
        address.SessionToken.Length > 0 && error.Status.Detail.Contains(address.SessionToken, StringComparison.Ordinal)
            ? new RpcException(new Status(
                error.StatusCode, error.Status.Detail.Replace(address.SessionToken, "(the session token)", StringComparison.Ordinal), error.Status.DebugException))
            : error;

    /// <summary>The failure of a call whose answer lacks a value that every pachd sends.</summary>
    public PachdException Incomplete(string what, string part) => new(
        $"{Server} could not {what}: its answer has {part}, so the server is not pachd. Check the address and the port.", PachdFailure.NotPachd);

    private string Server => $"The pachd at {address}{(address.Origin.Length > 0 ? $" (from {address.Origin})" : "")}";

    private static (PachdFailure Failure, string Found, string Remedy) NoAnswer(TimeSpan limit) => (
        PachdFailure.Unreachable,
        $"no answer within {Durations.Describe(limit)}",
        "Check the address, that pachd is running, and that no firewall blocks the connection.");

    private static (PachdFailure Failure, string Found, string Remedy) ExplainAnswer(Status status) => status switch
    {
        { StatusCode: StatusCode.Unauthenticated or StatusCode.PermissionDenied } => NotAuthorized(status.Detail),
        { Detail: var text } when ContainsAny(text, AuthTexts) => NotAuthorized(text),
        { Detail: var text } when ContainsAny(text, LostTexts) => Lost($"the server answered \"{text}\", which often means that it crashed"),
        { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded, Detail: var text } => Unavailable($"it answered \"{text}\""),
        { Detail: var text } when ContainsAny(text, UnavailableTexts) => Unavailable($"it answered \"{text.TrimEnd('.', '\n')}\""),
        { StatusCode: StatusCode.Unimplemented, Detail: "unknown service pfs.ObjectAPI" } => (
            PachdFailure.Unimplemented, "it does not serve its object API on this port", "Use its peer port, which is 653 in the pod."),
        { StatusCode: StatusCode.Unimplemented, Detail: var text } when !SaysThatAuthIsOff(text) => (
            PachdFailure.Unimplemented, $"its release does not have this call (it answered \"{text}\")", ""),
        var refusal => (PachdFailure.Refused, refusal.Detail.TrimEnd('.', '\n'), ""),
    };

    private (PachdFailure Failure, string Found, string Remedy) ExplainConnection(Exception cause)
    {
        var causes = Chain(cause).ToList();
        return causes.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => (
                PachdFailure.Unreachable, $"the host name \"{address.Host}\" is unknown", "Check the address."),
            SocketError.ConnectionRefused => (
                PachdFailure.Unreachable,
                "no server listens at this address",
                $"Check the address, and that pachd is running. The port of a deployment is usually {ClusterAddress.DefaultPort}, or 650 in a pod."),
            SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TimedOut or SocketError.NetworkDown => (
                PachdFailure.Unreachable, "the host cannot be reached", "Check the address and the network."),
            SocketError.TooManyOpenSockets => (
                PachdFailure.Unreachable,
                "this process has reached its limit of open files and connections",
                "Raise the limit: \"ulimit -n 4096\" in the shell, LimitNOFILE of a service, --ulimit nofile of a container."),
            _ => ExplainProtocol(causes),
        };
    }

    private (PachdFailure Failure, string Found, string Remedy) ExplainProtocol(IReadOnlyCollection<Exception> causes) => causes switch
    {
        _ when causes.Any(IsFailedEncryption) => NotEncrypted(causes.Last().Message.TrimEnd('.')),
        _ when address.Label.Length > 0 && causes.Any(cause => IsNoHttp2(cause) || IsNoHandshake(cause)) => NotForwarded(),
        _ when causes.Any(IsNoHttp2) => (PachdFailure.NotPachd, "the server at this address does not speak gRPC", $"Check the port{HintAtEncryption}."),
        _ when causes.Any(IsNoHandshake) => (
            PachdFailure.Unreachable, "the server closed the connection immediately", $"Check that pachd is running{HintAtEncryption}."),
        _ when causes.OfType<InvalidProtocolBufferException>().Any() => NotGrpc("its answer is not a message of pachd"),
        _ => Lost($"the connection was lost ({causes.Last().Message.TrimEnd('.')})"),
    };

    private (PachdFailure Failure, string Found, string Remedy) NotForwarded() => address.LastTrouble?.Invoke() is { } trouble
        ? (PachdFailure.Unreachable, trouble.Found, trouble.Remedy)
        : (PachdFailure.Unreachable, "no pod of pachd answers", "Check the namespace, and that it has a pod of pachd that is ready.");

    private string HintAtEncryption => address.Tls ? "" : $". If pachd expects encryption, use the address grpcs://{address}";

    private (PachdFailure Failure, string Found, string Remedy) NotEncrypted(string reason) => (
        PachdFailure.NotPachd,
        $"the encrypted connection failed ({reason})",
        "Check that pachd expects encryption (if not, omit grpcs://), that its certificate is for "
        + $"\"{address.Host}\", and that the issuer of the certificate is trusted (PACH_CA_CERTS, or server_cas in the config file).");

    private static (PachdFailure Failure, string Found, string Remedy) NotGrpc(string text) => (
        PachdFailure.NotPachd, $"the server at this address is not pachd ({text.TrimEnd('.')})", "Check the address and the port.");

    private static (PachdFailure Failure, string Found, string Remedy) NotAuthorized(string text) => (
        PachdFailure.NotAuthorized,
        $"access control refused the call: \"{text}\"",
        "Log in as a cluster admin with \"pachctl auth login\", with this address in the active context. Then try again.");

    private static (PachdFailure Failure, string Found, string Remedy) Lost(string found) => (
        PachdFailure.ConnectionLost, found, "Check the log of pachd, because it may have crashed, and check the network.");

    private static (PachdFailure Failure, string Found, string Remedy) Unavailable(string found) => (
        PachdFailure.Unavailable, found, "Check that pachd and etcd are running, then try again.");

    private static bool IsNotGrpc(string text) => NotGrpcTexts.Any(start => text.StartsWith(start, StringComparison.Ordinal));

    private static bool IsFailedEncryption(Exception error) =>
        error is AuthenticationException or HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };

    private static bool IsNoHandshake(Exception error) => error.Message.Contains(NoHandshake, StringComparison.Ordinal);

    private static bool IsNoHttp2(Exception error) =>
        error is HttpProtocolException { ErrorCode: ProtocolError or Http11Required }
            or HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse };

    private static bool ContainsAny(string text, string[] parts) => parts.Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }
}
