using Grpc.Core;

namespace PachUp.Conformance.Replay;

/// <summary>The answer of a server to one call.</summary>
/// <param name="Messages">The response messages. An error may follow them.</param>
/// <param name="Code">The status code.</param>
/// <param name="Message">The text of that status.</param>
public sealed record Answer(IReadOnlyList<byte[]> Messages, StatusCode Code, string Message);
