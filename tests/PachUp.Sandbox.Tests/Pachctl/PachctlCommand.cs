using Google.Protobuf;
using Grpc.Core;
using PachUp.Pachyderm;

namespace PachUp.Sandbox.Tests.Pachctl;

/// <summary>A command of pachctl and the calls that it makes, as they were recorded.</summary>
/// <param name="Text">The command as it is typed from 1.9 on.</param>
/// <param name="Calls">The calls, in their order.</param>
internal sealed record PachctlCommand(string Text, params IReadOnlyList<PachctlCall> Calls)
{
    private static readonly Release FirstWithTwoWords = new(1, 9, 0);
    private static readonly string[] Groups = ["auth ", "enterprise "];

    /// <summary>The command for the pachctl of a release: up to 1.8 with a dash, and with the parts of a path as separate arguments.</summary>
    public string Of(Release release) => release >= FirstWithTwoWords || Groups.Any(Text.StartsWith) || !Text.Contains(' ')
        ? Text
        : string.Concat(Text.AsSpan(0, Text.IndexOf(' ')), "-", Text.AsSpan(Text.IndexOf(' ') + 1)).Replace('@', ' ').Replace(":/", " /", StringComparison.Ordinal);
}

/// <summary>One call.</summary>
/// <param name="Method">The full name of the method.</param>
/// <param name="Requests">The messages that the client sends.</param>
internal sealed record PachctlCall(string Method, params IReadOnlyList<IMessage> Requests)
{
    /// <summary>The status that the client expects.</summary>
    public StatusCode Code { get; init; } = StatusCode.OK;
}
