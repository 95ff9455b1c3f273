using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using PachUp.KubeApiServer.Resources;

namespace PachUp.KubeApiServer.Requests;

/// <summary>Counts the calls of clients by their kind: <c>list pods</c>, <c>discover apis/apps/v1</c>.</summary>
public sealed class CallCounts
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The number of all calls.</summary>
    public int Total => _counts.Values.Sum();

    /// <summary>Forgets the calls so far.</summary>
    public void Clear() => _counts.Clear();

    /// <summary>The kinds of calls with their numbers, most frequent first, one a line.</summary>
    public override string ToString() =>
        string.Join('\n', _counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value,5} {count.Key}"));

    internal void Add(HttpRequest request, ApiProfile profile) => _counts.AddOrUpdate(KindOf(request, profile), 1, (_, count) => count + 1);

    private static string KindOf(HttpRequest request, ApiProfile profile)
    {
        var parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not (["api", _, _, ..] or ["apis", _, _, _, ..]))
            return $"discover {string.Join('/', parts)}";

        var path = ResourcePath.Parse(request.Path.Value!, profile);
        var verb = request.Method == "GET" && path.Name.Length == 0 ? request.Query.ContainsKey("watch") ? "watch" : "list" : request.Method.ToLowerInvariant();
        return $"{verb} {path.Type.Plural}{(path.Subresource.Length > 0 ? $"/{path.Subresource}" : "")}";
    }
}
