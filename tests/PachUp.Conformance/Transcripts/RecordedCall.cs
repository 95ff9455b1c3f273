using Grpc.Core;

namespace PachUp.Conformance.Transcripts;

/// <summary>One finished call of a recording.</summary>
/// <param name="Sequence">1, 2, 3, ... inside the recording, in the order in which calls finished.</param>
/// <param name="Method">The full gRPC method name, <c>/package.Service/Method</c>.</param>
/// <param name="Requests">The request messages as they were sent.</param>
/// <param name="Responses">The response messages as they came; an error may follow them.</param>
/// <param name="Code">The status that the server ended the call with.</param>
/// <param name="Message">The text of that status.</param>
public sealed record RecordedCall(
    int Sequence,
    string Method,
    IReadOnlyList<byte[]> Requests,
    IReadOnlyList<byte[]> Responses,
    StatusCode Code,
    string Message)
{
    /// <summary>Whether the recorded server died during the call.</summary>
    public bool CrashedTheServer => Code == StatusCode.Unavailable;

    /// <summary>Whether the call did not get to the recorded server, which had not come back from an earlier crash.</summary>
    public bool FoundNoServer => CrashedTheServer && Message.StartsWith("all SubConns are in TransientFailure", StringComparison.Ordinal);

    /// <summary>Whether the recorded port did not serve the object API, of which every release has this method.</summary>
    public bool FoundObjectApiClosed =>
        Code == StatusCode.Unimplemented && Method is ("/pfs.ObjectAPI/ListObjects" or "/pfs.ObjectAPI/ListTags" or "/pfs.ObjectAPI/GetObject");

    /// <summary>Whether the recorded client gave up waiting, as it does on calls that have no end.</summary>
    public bool WasGivenUp =>
        Code is StatusCode.DeadlineExceeded or StatusCode.Cancelled && Message.StartsWith("context ", StringComparison.Ordinal);
}
