using System.Text.Json.Nodes;
using PachUp.Testing;

namespace PachUp.Plugins.Kubernetes.Tests.Server;

/// <summary>One call to a real API server and what it answered.</summary>
internal sealed record RecordedCall(int Seq, string Method, string Url, string ContentType, string Body, int Status, JsonNode? Response)
{
    public static IReadOnlyList<RecordedCall> Read(string file) =>
        [.. File.ReadLines(Path.Combine(Recordings.Root, "kubernetes", "1.10", file + ".jsonl")).Select(line => Parse(JsonNode.Parse(line)!.AsObject()))];

    private static RecordedCall Parse(JsonObject line) => new(
        line["seq"]!.GetValue<int>(),
        line["method"]!.GetValue<string>(),
        line["path"]!.GetValue<string>(),
        line["contentType"]?.GetValue<string>() ?? "",
        line["body"] switch
        {
            null => "",
            JsonValue text => text.GetValue<string>(),
            var body => body.ToJsonString(),
        },
        line["status"]!.GetValue<int>(),
        line["response"]);
}
