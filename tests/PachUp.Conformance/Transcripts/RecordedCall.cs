using Grpc.Core;

namespace PachUp.Conformance.Transcripts;

/// <summary>One finished call of a recording.</summary>
/// <param name="Sequence">1, 2, 3, ... inside the recording, in the order in which calls finished.</param>
/// <param name="Method">The full gRPC method name, <c>/package.Service/Method</c>.</param>
/// <param name="Requests">The request messages as they were sent.</param>
/// <param name="Responses">The response messages. An error may follow them.</param>
/// <param name="Code">The status code.</param>
/// <param name="Message">The text of that status.</param>
public sealed record RecordedCall(
    int Sequence,
    string Method,
    IReadOnlyList<byte[]> Requests,
    IReadOnlyList<byte[]> Responses,
    StatusCode Code,
    string Message)
{
    /// <summary>Whether the recorded server crashed during the call.</summary>
    public bool CrashedTheServer => Code == StatusCode.Unavailable;

    /// <summary>Whether the call did not reach the recorded server, which was down after a crash.</summary>
    public bool FoundNoServer => CrashedTheServer && Message.StartsWith("all SubConns are in TransientFailure", StringComparison.Ordinal);

    /// <summary>Whether the recorded port did not serve the object API. Every release has the method of this call.</summary>
    public bool FoundObjectApiClosed =>
        Code == StatusCode.Unimplemented && Method is ("/pfs.ObjectAPI/ListObjects" or "/pfs.ObjectAPI/ListTags" or "/pfs.ObjectAPI/GetObject");

    /// <summary>Whether the recorded client ended the call, as it does for calls without an end.</summary>
    public bool WasGivenUp =>
        Code is StatusCode.DeadlineExceeded or StatusCode.Cancelled && Message.StartsWith("context ", StringComparison.Ordinal);
}
