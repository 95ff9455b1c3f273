using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Grpc.Core;
using PachUp.Conformance.Comparison;
using PachUp.Conformance.Replay;
using PachUp.Conformance.Transcripts;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Sdk.Testing;

namespace PachUp.Sandbox.Tests.Pachctl;

/// <summary>Makes the calls of commands and shows the answers. Values that differ from run to run are replaced by numbers.</summary>
internal sealed partial class PachctlTerminal(SandboxCluster cluster) : IDisposable
{
    private readonly RawCaller _caller = new(SandboxChannel.Open(cluster.Address));
    private readonly MessageTypes _types = new(cluster.Release);
    private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);
    private IReadOnlyList<byte[]> _extracted = [];

    public void Dispose() => _caller.Dispose();

    /// <summary>The command and its answers, line by line.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(PachctlCommand command)
    {
        var lines = new List<string> { $"$ pachctl {command.Of(cluster.Release)}" };
        foreach (var call in command.Calls)
        {
            var answer = await _caller.CallAsync(new RecordedCall(0, call.Method, [], [], call.Code, ""), RequestsOf(call));
            Assert.True(answer.Code == call.Code, $"{command.Text}: {call.Method} ended with {answer.Code} {answer.Message}");
            lines.Add(answer.Code == StatusCode.OK ? call.Method : $"{call.Method} {answer.Code}: {answer.Message}");
            lines.AddRange(LinesOf(call, answer).Select(line => "  " + line));
        }

        return lines;
    }

    private IReadOnlyList<byte[]> RequestsOf(PachctlCall call) => call.Method == "/admin.API/Restore"
        ? [.. _extracted.Select(operation => new RestoreRequest { Op = Op.Parser.ParseFrom(operation) }.ToByteArray())]
        : [.. call.Requests.Select(request => request.ToByteArray())];

    private IEnumerable<string> LinesOf(PachctlCall call, Answer answer)
    {
        if (call.Method == "/admin.API/Extract")
        {
            _extracted = answer.Messages;
            return CountsOf(answer.Messages);
        }

        var parser = _types.AnswerOf(call.Method)!;
        return answer.Messages.Select(message => Scrub(parser.ParseFrom(message).ToString()!));
    }

    /// <summary>How many operations of each kind there are; their order depends on hashes.</summary>
    private static IEnumerable<string> CountsOf(IEnumerable<byte[]> operations) => operations
        .CountBy(operation => Pachyderm.Operation.FromBytes(operation).Kind)
        .OrderBy(kind => kind.Key)
        .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key}: {kind.Value}"));

    private string Scrub(string text) => Moment().Replace(IdOrHash().Replace(text, match => NumberOf(match.Value)), "TIME");

    private string NumberOf(string id)
    {
        if (!_numbers.TryGetValue(id, out var number))
            _numbers[id] = number = string.Create(CultureInfo.InvariantCulture, $"ID-{_numbers.Count + 1}");

        return number;
    }

    [GeneratedRegex(@"\b([0-9a-f]{128}|[0-9a-f]{32})\b")]
    private static partial Regex IdOrHash();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT[0-9:.]+Z\b")]
    private static partial Regex Moment();
}
