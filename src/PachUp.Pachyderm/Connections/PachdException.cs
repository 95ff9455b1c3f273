using Grpc.Core;

namespace PachUp.Pachyderm.Connections;

/// <summary>A call to pachd that failed: nobody answers, something else answers, or pachd says no.</summary>
/// <param name="message">What was asked of which server, what came back and what to check.</param>
/// <param name="failure">The kind of failure.</param>
/// <param name="innerException">The cause.</param>
public sealed class PachdException(string message, PachdFailure failure, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The kind of failure.</summary>
    public PachdFailure Failure { get; } = failure;

    /// <summary>The text that pachd sent, exactly; empty where it sent none.</summary>
    public string Detail =>
        Failure is not PachdFailure.NotPachd && InnerException is RpcException { Status: { DebugException: null } status } ? status.Detail : "";
}

/// <summary>How a call to pachd can fail.</summary>
public enum PachdFailure
{
    /// <summary>Nothing listens there, the name is unknown, or no answer came in time.</summary>
    Unreachable,

    /// <summary>Something answers, but it is not a pachd.</summary>
    NotPachd,

    /// <summary>The connection broke in the middle of a call, or stood still: the network, or the server died.</summary>
    ConnectionLost,

    /// <summary>The server, or something before it, says that it cannot answer for now.</summary>
    Unavailable,

    /// <summary>Access control is on and the token is missing or refused.</summary>
    NotAuthorized,

    /// <summary>This release does not have the call.</summary>
    Unimplemented,

    /// <summary>pachd answered with an error; see <see cref="PachdException.Detail"/>.</summary>
    Refused,

    /// <summary>Objects were asked for, and neither the public port nor a peer port serves the object API.</summary>
    ObjectsClosed,
}
