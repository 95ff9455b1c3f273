using Grpc.Core;

namespace PachUp.Pachyderm.Connections;

/// <summary>A call to pachd failed: no server answers, the server is not pachd, or pachd answered with an error.</summary>
/// <param name="message">What the server was asked to do, what it answered and what to check.</param>
/// <param name="failure">The kind of failure.</param>
/// <param name="innerException">The cause.</param>
public sealed class PachdException(string message, PachdFailure failure, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The kind of failure.</summary>
    public PachdFailure Failure { get; } = failure;

    /// <summary>The exact text from pachd; empty if there is none.</summary>
    public string Detail =>
        Failure is not PachdFailure.NotPachd && InnerException is RpcException { Status: { DebugException: null } status } ? status.Detail : "";
}

/// <summary>The kinds of failed calls.</summary>
public enum PachdFailure
{
    /// <summary>No server listens at the address, the host name is unknown, or there was no answer in time.</summary>
    Unreachable,

    /// <summary>The server is not pachd.</summary>
    NotPachd,

    /// <summary>The connection was lost or stalled during a call: the network failed, or the server crashed.</summary>
    ConnectionLost,

    /// <summary>The server, or a proxy, reports that it is temporarily unavailable.</summary>
    Unavailable,

    /// <summary>Access control is on, and the token is missing or was refused.</summary>
    NotAuthorized,

    /// <summary>This release does not have the call.</summary>
    Unimplemented,

    /// <summary>pachd answered with an error; see <see cref="PachdException.Detail"/>.</summary>
    Refused,

    /// <summary>The call needs the object API, but neither the public port nor a peer port serves it.</summary>
    ObjectsClosed,
}
