using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Requests;

/// <summary>Sends the changes of the objects of a path to a client until it disconnects.</summary>
internal sealed class WatchEndpoint(ObjectStore store, ResourceEndpoint resources, TimeProvider time)
{
    public async Task ServeAsync(ResourcePath path, HttpContext context)
    {
        var query = context.Request.Query;
        var labels = new LabelSelector(query["labelSelector"].ToString());
        var fields = new FieldSelector(query["fieldSelector"].ToString());
        var revision = long.TryParse(query["resourceVersion"], NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : store.Revision;
        var timeout = TimeSpan.FromSeconds(int.TryParse(query["timeoutSeconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 300);
        using var limit = new CancellationTokenSource(timeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
        context.Response.ContentType = "application/json";
        await context.Response.StartAsync(context.RequestAborted);
        if (revision != 0 && revision < store.OldestRevision)
        {
            await SendAsync(context, "ERROR", TooOld(revision));
            return;
        }

        while (!end.IsCancellationRequested)
        {
            var changed = store.Changed;
            foreach (var change in store.EventsAfter(revision))
            {
                revision = change.Revision;
                var isMeant = change.StorageName == path.Type.StorageName && (path.Namespace.Length == 0 || change.Object.Namespace() == path.Namespace);
                if (isMeant && labels.Matches(change.Object) && fields.Matches(change.Object))
                    await SendAsync(context, change.Type, resources.Show(path, change.Object));
            }

            await Task.WhenAny(changed, Task.Delay(Timeout.InfiniteTimeSpan, end.Token));
        }
    }

    private JsonObject TooOld(long revision) =>
        new ApiException(410, "Gone", $"too old resource version: {revision} ({store.OldestRevision})").ToStatus();

    private static async Task SendAsync(HttpContext context, string type, JsonObject value)
    {
        var line = new JsonObject { ["type"] = type, ["object"] = value };
        await context.Response.WriteAsync(line.ToJsonString() + "\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
