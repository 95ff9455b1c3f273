using System.Text.Json;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Connections;

/// <summary>Answers a call with the last recorded answer of a real server to the same call.</summary>
internal static class ReplayedPachd
{
    private const int Unimplemented = 12;

    public const string ClusterId = "f667782f07b043dc93b453aeaaa139a3";

    public static Task<FakePachd> StartAsync(string release, string scenario)
    {
        var replies = Read(release, scenario);
        return FakePachd.StartAsync((method, request) => method switch
        {
            _ when replies.TryGetValue(Key(method, request.Select(Convert.ToBase64String)), out var reply) => reply,
            "/versionpb.API/GetVersion" => Reply.Of(VersionOf(Release.Parse(release))),
            "/admin.API/InspectCluster" => Reply.Of(new Wire.Admin.ClusterInfo { Id = ClusterId }),
            "/pfs.ObjectAPI/CheckObject" => Reply.Of(new Wire.Pfs.CheckObjectResponse()),
            _ => Reply.Error(Unimplemented, $"{method} was not recorded with this request"),
        });
    }

    private static Wire.Version.Version VersionOf(Release release) =>
        new() { Major = (uint)release.Line.Major, Minor = (uint)release.Line.Minor, Micro = (uint)release.Patch };

    private static Dictionary<string, Reply> Read(string release, string scenario)
    {
        var replies = new Dictionary<string, Reply>();
        foreach (var line in File.ReadLines(Recordings.Transcript(release, scenario)))
        {
            var call = JsonSerializer.Deserialize<RecordedCall>(line, JsonSerializerOptions.Web)!;
            replies[Key(call.Method, call.Request)] = new Reply([.. call.Response.Select(Convert.FromBase64String)], call.Code, call.Message);
        }

        return replies;
    }

    private static string Key(string method, IEnumerable<string> request) => $"{method} {string.Join(' ', request)}";

    private sealed record RecordedCall(string Method, string[] Request, string[] Response, int Code, string Message);
}
