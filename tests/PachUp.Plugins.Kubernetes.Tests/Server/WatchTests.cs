using System.Text;
using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.Plugins.Kubernetes.Tests.Server;

public sealed class WatchTests
{
    private const string Secrets = "/api/v1/namespaces/default/secrets";

    [Fact]
    public async Task AWatch_TellsOfEveryChange_AfterTheRevisionThatItBeginsAt()
    {
        await using var server = await KubeApiServer.KubeApiServer.StartAsync(ApiProfile.V1_10);
        using var client = new HttpClient { BaseAddress = server.Address };
        var begun = server.Store.Revision;
        await CreateAsync(client, "a");

        using var watch = new StreamReader(await client.GetStreamAsync(new Uri($"{Secrets}?watch=true&resourceVersion={begun}", UriKind.Relative)));
        var first = await ReadAsync(watch);
        await CreateAsync(client, "b");
        var second = await ReadAsync(watch);

        Assert.Equal(("ADDED", "a"), (first.Text("type"), first.Child("object").Name()));
        Assert.Equal(("ADDED", "b"), (second.Text("type"), second.Child("object").Name()));
    }

    [Fact]
    public async Task AWatchFromTooLongAgo_EndsWithTheRecordedError()
    {
        await using var server = await KubeApiServer.KubeApiServer.StartAsync(ApiProfile.V1_10);
        using var client = new HttpClient { BaseAddress = server.Address };

        var answer = await client.GetStringAsync(new Uri($"{Secrets}?watch=true&resourceVersion=1", UriKind.Relative));

        var recorded = RecordedCall.Read("06-watch")[2].Response!.AsObject();
        var found = JsonNode.Parse(answer)!.AsObject();
        Assert.Equal(recorded.Text("type"), found.Text("type"));
        Assert.Equal(recorded.Child("object")["code"]!.GetValue<int>(), found.Child("object")["code"]!.GetValue<int>());
        Assert.StartsWith("too old resource version: 1 (", found.Child("object").Text("message"), StringComparison.Ordinal);
    }

    private static async Task<JsonObject> ReadAsync(StreamReader watch) => JsonNode.Parse((await watch.ReadLineAsync())!)!.AsObject();

    private static async Task CreateAsync(HttpClient client, string name)
    {
        using var content = new StringContent($$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{name}}}"}}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(Secrets, UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }
}
