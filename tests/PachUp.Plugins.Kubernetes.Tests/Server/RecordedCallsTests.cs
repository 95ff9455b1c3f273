using PachUp.KubeApiServer.Resources;

namespace PachUp.Plugins.Kubernetes.Tests.Server;

public sealed class RecordedCallsTests
{
    // The watch and the changes made meanwhile were recorded in two files, and are replayed by hand in WatchTests.
    private static readonly string[] Files =
    [
        "01-discovery", "02-deploy-google-1.8.7", "02-deploy-local-1.7.14", "03-change", "04-refusals", "05-volumes-and-lock", "06-watch-changes", "07-undeploy",
    ];

    [Fact]
    public async Task EveryRecordedCall_GetsTheSameStatusAndMessage()
    {
        await using var server = await KubeApiServer.KubeApiServer.StartAsync(ApiProfile.V1_10);
        using var replay = new RecordedCallReplay(server.Address);
        var differences = new List<string>();
        foreach (var call in Files.SelectMany(RecordedCall.Read))
        {
            if (await replay.SendAsync(call) is { } difference)
                differences.Add(difference);
        }

        Assert.Empty(differences);
    }
}
