using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Controllers;

/// <summary>
/// A pachd that works until its pod is gone, as real ones do: while its pod is being deleted, it makes the deleted objects of its workers again.
/// </summary>
/// <param name="server">The server with the objects of the workers that it knows.</param>
public sealed class DyingPachd(KubeApiServer server)
{
    private static readonly string[] Kinds = ["Service", "ReplicationController"];

    private readonly List<(ResourceType Type, JsonObject Object)> _workers =
    [
        .. from kind in Kinds
           let type = server.Profile.Resources.First(type => type.Kind == kind)
           from value in server.Store.List(type.StorageName)
           where value.Metadata().Child("labels").Text("component") == "worker"
           select (type, value),
    ];

    private int _turns;

    /// <summary>How often it looks after its workers before it ends.</summary>
    public int Turns { get; set; } = 20;

    /// <summary>Looks after the workers once; for <see cref="PodController.HasEnded"/>.</summary>
    /// <returns>Whether the processes of the pod have ended.</returns>
    public async Task<bool> HasEndedAsync(JsonObject pod)
    {
        if (pod.Metadata().Child("labels").Text("app") != "pachd")
            return true;

        await MakeAgainAsync();
        return ++_turns >= Turns;
    }

    /// <summary>Makes the missing objects of the workers again.</summary>
    public async Task MakeAgainAsync()
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        foreach (var (type, value) in _workers)
        {
            var wanted = value.Copy();
            wanted["apiVersion"] = type.ApiVersion;
            wanted.Metadata().Remove("resourceVersion");
            wanted.Spec().Remove("clusterIP");

            // Most of them exist. A node port that another service has is refused, and pachd tries again.
            using var answer = await client.PostAsJsonAsync(type.PathOf(value.Namespace()), wanted);
        }
    }
}
