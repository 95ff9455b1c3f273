using Grpc.Core;

namespace PachUp.Conformance.Replay;

/// <summary>What a server answered to one call.</summary>
/// <param name="Messages">The response messages as they came; an error may follow them.</param>
/// <param name="Code">The status that the call ended with.</param>
/// <param name="Message">The text of that status.</param>
public sealed record Answer(IReadOnlyList<byte[]> Messages, StatusCode Code, string Message);
