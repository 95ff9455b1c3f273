using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Google.Protobuf;
using Grpc.Core;

namespace PachUp.Pachyderm.Connections;

/// <summary>Turns what gRPC reports into what happened, to which server, and what to check.</summary>
internal sealed class PachdErrors(ClusterAddress address)
{
    private static readonly string[] AuthTexts =
        ["no authentication token", "auth token is corrupted or has expired", "not authorized to perform"];

    // How servers report that they, or one that they asked, went away.
    private static readonly string[] LostTexts = ["transport is closing", "all SubConns are in TransientFailure", "connection reset"];

    // How servers report that what they depend on is not there for now; with other codes than gRPC's own for that.
    private static readonly string[] UnavailableTexts = ["etcdserver: ", "code = Unavailable", "context deadline exceeded", "connection refused"];

    // What gRPC itself says about an answer that is none.
    private static readonly string[] NotGrpcTexts = ["Bad gRPC response", "Failed to deserialize response message"];

    // What the HTTP client says where a connection is closed before anything came; no error code tells that.
    private const string NoHandshake = "server did not complete the HTTP/2 handshake";

    // HTTP/2's codes for what is no HTTP/2 at all; the other codes end calls on a connection that works.
    private const long ProtocolError = 0x1;
    private const long Http11Required = 0xD;

    /// <summary>Whether an error says that access control is not in use.</summary>
    public static bool SaysThatAuthIsOff(string detail) => detail.Contains("auth service is not activated", StringComparison.Ordinal);

    /// <summary>The failure of a call.</summary>
    /// <param name="error">What gRPC reports.</param>
    /// <param name="what">What was asked for: "list the repos".</param>
    /// <param name="limit">How long it was waited.</param>
    public PachdException Explain(RpcException error, string what, TimeSpan limit)
    {
        error = WithoutToken(error);
        var (failure, found, remedy) = error.Status switch
        {
            { StatusCode: StatusCode.DeadlineExceeded } => NoAnswer(limit),
            { DebugException: { } cause } when Chain(cause).OfType<TimeoutException>().Any() => NoAnswer(limit),
            { DebugException: { } cause } => ExplainConnection(cause),
            { StatusCode: StatusCode.Unavailable, Detail: var text } when IsNotGrpc(text) => Unavailable($"what answers in its place says \"{text}\""),
            { Detail: var text } when IsNotGrpc(text) => NotGrpc(text),
            var status => ExplainAnswer(status),
        };
        return new PachdException($"{Server} could not {what}: {found}. {remedy}".TrimEnd(), failure, error);
    }

    /// <summary>The failure of a call that the server ended, without an error, before everything was sent.</summary>
    public PachdException EndedEarly(string what, long sent) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Server} did not {what}: it ended the call after {sent} operations, ")
        + "before all were sent, and gave no reason. Look at the log of the pachd.",
        PachdFailure.ConnectionLost);

    /// <summary>The failure of a call during which no byte came or went.</summary>
    public PachdException Stalled(string what, TimeSpan limit) => new(
        $"{Server} could not {what}: nothing came or went on the connection for {Durations.Describe(limit)}. "
        + "Look at the log of the pachd and at the network; --idle-timeout allows longer pauses.",
        PachdFailure.ConnectionLost);

    /// <summary>Some errors of servers repeat the token that they were sent.</summary>
    private RpcException WithoutToken(RpcException error) =>
        address.SessionToken.Length > 0 && error.Status.Detail.Contains(address.SessionToken, StringComparison.Ordinal)
            ? new RpcException(new Status(
                error.StatusCode, error.Status.Detail.Replace(address.SessionToken, "(the session token)", StringComparison.Ordinal), error.Status.DebugException))
            : error;

    /// <summary>The failure of a call whose answer lacks something that every pachd sends.</summary>
    public PachdException Incomplete(string what, string part) => new(
        $"{Server} could not {what}: its answer has {part}, which no pachd sends. Check the address and the port.", PachdFailure.NotPachd);

    private string Server => $"The pachd at {address}{(address.Origin.Length > 0 ? $" (from {address.Origin})" : "")}";

    private static (PachdFailure Failure, string Found, string Remedy) NoAnswer(TimeSpan limit) => (
        PachdFailure.Unreachable,
        $"no answer within {Durations.Describe(limit)}",
        "Check the address, that the pachd runs, and that no firewall is in between.");

    private static (PachdFailure Failure, string Found, string Remedy) ExplainAnswer(Status status) => status switch
    {
        { StatusCode: StatusCode.Unauthenticated or StatusCode.PermissionDenied } => NotAuthorized(status.Detail),
        { Detail: var text } when ContainsAny(text, AuthTexts) => NotAuthorized(text),
        { Detail: var text } when ContainsAny(text, LostTexts) => Lost($"the server says \"{text}\", as it does when it crashes"),
        { StatusCode: StatusCode.Unavailable, Detail: var text } => Unavailable($"it says \"{text}\""),
        { Detail: var text } when ContainsAny(text, UnavailableTexts) => Unavailable($"it says \"{text.TrimEnd('.', '\n')}\""),
        { StatusCode: StatusCode.Unimplemented, Detail: "unknown service pfs.ObjectAPI" } => (
            PachdFailure.Unimplemented, "it does not serve its object API on this port", "Its peer port, 653 in the pod, does."),
        { StatusCode: StatusCode.Unimplemented, Detail: var text } when !SaysThatAuthIsOff(text) => (
            PachdFailure.Unimplemented, $"its release does not have this call (it says \"{text}\")", ""),
        var refusal => (PachdFailure.Refused, refusal.Detail.TrimEnd('.', '\n'), ""),
    };

    private (PachdFailure Failure, string Found, string Remedy) ExplainConnection(Exception cause)
    {
        var causes = Chain(cause).ToList();
        return causes.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => (
                PachdFailure.Unreachable, $"the name \"{address.Host}\" is unknown", "Check the address."),
            SocketError.ConnectionRefused => (
                PachdFailure.Unreachable,
                "nothing listens there",
                $"Check the address and that the pachd runs; the port of a deployment is usually {ClusterAddress.DefaultPort}, in a pod 650."),
            SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TimedOut or SocketError.NetworkDown => (
                PachdFailure.Unreachable, "there is no way to that host", "Check the address and the network."),
            SocketError.TooManyOpenSockets => (
                PachdFailure.Unreachable,
                "this process may open no more files and connections",
                "Allow more: \"ulimit -n 4096\" in the shell, LimitNOFILE of a service, --ulimit nofile of a container."),
            _ => ExplainProtocol(causes),
        };
    }

    private (PachdFailure Failure, string Found, string Remedy) ExplainProtocol(IReadOnlyCollection<Exception> causes) => causes switch
    {
        _ when causes.Any(IsFailedEncryption) => NotEncrypted(causes.Last().Message.TrimEnd('.')),
        _ when address.Label.Length > 0 && causes.Any(cause => IsNoHttp2(cause) || IsNoHandshake(cause)) => (
            PachdFailure.Unreachable, "no pod of pachd answers there", "Check the namespace, and that a pod of pachd is ready in it."),
        _ when causes.Any(IsNoHttp2) => (PachdFailure.NotPachd, "what answers there does not speak gRPC", $"Check the port{HintAtEncryption}."),
        _ when causes.Any(IsNoHandshake) => (
            PachdFailure.Unreachable, "the connection is closed as soon as it is made", $"Check that the pachd behind it runs{HintAtEncryption}."),
        _ when causes.OfType<InvalidProtocolBufferException>().Any() => NotGrpc("its answer is not the message that a pachd sends"),
        _ => Lost($"the connection broke off ({causes.Last().Message.TrimEnd('.')})"),
    };

    private string HintAtEncryption => address.Tls ? "" : $"; if the pachd expects encryption, the address is grpcs://{address}";

    private (PachdFailure Failure, string Found, string Remedy) NotEncrypted(string reason) => (
        PachdFailure.NotPachd,
        $"the encrypted connection failed ({reason})",
        "Check that the pachd expects encryption (otherwise the address is without grpcs://), that its certificate is for "
        + $"\"{address.Host}\", and that the one who signed it is trusted (PACH_CA_CERTS, or server_cas in the config file).");

    private static (PachdFailure Failure, string Found, string Remedy) NotGrpc(string text) => (
        PachdFailure.NotPachd, $"what answers there is not a pachd ({text.TrimEnd('.')})", "Check the address and the port.");

    private static (PachdFailure Failure, string Found, string Remedy) NotAuthorized(string text) => (
        PachdFailure.NotAuthorized,
        $"access control is on and says \"{text}\"",
        "Log in with \"pachctl auth login\" as a cluster admin, with this address in the active context, and try again.");

    private static (PachdFailure Failure, string Found, string Remedy) Lost(string found) => (
        PachdFailure.ConnectionLost, found, "Look at the log of the pachd: it may have crashed, or the network may have been interrupted.");

    private static (PachdFailure Failure, string Found, string Remedy) Unavailable(string found) => (
        PachdFailure.Unavailable, found, "It may pass: see whether the pachd and its etcd run, and try again.");

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
