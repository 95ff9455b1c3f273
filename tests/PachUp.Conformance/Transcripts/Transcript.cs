using System.Text.Json;
using Grpc.Core;

namespace PachUp.Conformance.Transcripts;

/// <summary>The recorded calls of one scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Run">The server that was recorded. Recordings of one run share their ids.</param>
/// <param name="Path">The file.</param>
public sealed record Transcript(Scenario Scenario, string Run, string Path)
{
    private IReadOnlyList<RecordedCall>? _calls;

    /// <summary>The calls, in the order in which they ended.</summary>
    /// <exception cref="InvalidDataException">A line is not a recorded call; the message names file and line.</exception>
    public IReadOnlyList<RecordedCall> ReadCalls() => _calls ??= [.. File.ReadLines(Path).Where(line => line.Length > 0).Select(ReadCall)];

    private RecordedCall ReadCall(string line, int index)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var call = document.RootElement;
            return new RecordedCall(
                call.GetProperty("seq").GetInt32(),
                call.GetProperty("method").GetString()!,
                Messages(call.GetProperty("request")),
                Messages(call.GetProperty("response")),
                (StatusCode)call.GetProperty("code").GetInt32(),
                call.GetProperty("message").GetString() ?? "");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"\"{Path}\", line {index + 1}, is not a recorded call: {exception.Message}", exception);
        }
    }

    private static List<byte[]> Messages(JsonElement messages) =>
        [.. messages.EnumerateArray().Select(message => message.GetBytesFromBase64())];
}
