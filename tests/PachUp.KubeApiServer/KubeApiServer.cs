using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PachUp.KubeApiServer.Controllers;
using PachUp.KubeApiServer.Requests;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer;

/// <summary>
/// A Kubernetes API server in the process of the test, on 127.0.0.1, without encryption. It stores objects and refuses the same requests as the real
/// server. It runs no controllers unless <see cref="PodController"/> is started.
/// </summary>
public sealed class KubeApiServer : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly ApiProfile _profile;
    private readonly Discovery _discovery;
    private readonly ResourceEndpoint _resources;
    private readonly WatchEndpoint _watches;

    private KubeApiServer(ApiProfile profile, TimeProvider time)
    {
        _profile = profile;
        _discovery = new Discovery(profile);
        _resources = new ResourceEndpoint(Store, profile, time);
        _watches = new WatchEndpoint(Store, _resources, time);
        Store.Put("namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default", ["uid"] = Guid.NewGuid().ToString() } });
        _host = Build();
    }

    /// <summary>The kinds that it serves.</summary>
    public ApiProfile Profile => _profile;

    /// <summary>The objects.</summary>
    public ObjectStore Store { get; } = new();

    /// <summary>The permissions of the client. By default it may do everything.</summary>
    public AccessReviews Access { get; } = new();

    /// <summary>Makes requests fail on purpose.</summary>
    public Faults Faults { get; } = new();

    /// <summary>An admission webhook that refuses objects.</summary>
    public AdmissionWebhook Webhook { get; } = new();

    /// <summary>The calls of clients so far.</summary>
    public CallCounts Calls { get; } = new();

    /// <summary>The addresses behind the ports of pods, for port forwarding.</summary>
    public PortForwarding Ports { get; } = new();

    /// <summary>The logs of pods.</summary>
    public PodLogs Logs { get; } = new();

    /// <summary>Its address.</summary>
    public Uri Address => new(_host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Starts a server and returns when it accepts requests.</summary>
    public static async Task<KubeApiServer> StartAsync(ApiProfile profile, TimeProvider? time = null)
    {
        var server = new KubeApiServer(profile, time ?? TimeProvider.System);
        await server._host.StartAsync();
        return server;
    }

    /// <summary>A kubeconfig for this server with one context <c>test</c>.</summary>
    /// <param name="ns">The namespace of the context.</param>
    /// <param name="token">The token of the user.</param>
    public string KubeConfig(string ns = "default", string token = "test-token") =>
        $$"""
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{ name: test, cluster: { server: "{{Address}}" } }]
        users: [{ name: test, user: { token: {{token}} } }]
        contexts: [{ name: test, context: { cluster: test, user: test, namespace: {{ns}} } }]
        """;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var host = builder.Build();
        host.UseWebSockets();
        host.Run(ServeAsync);
        return host;
    }

    private async Task ServeAsync(HttpContext context)
    {
        try
        {
            Calls.Add(context.Request, _profile);
            switch (Faults.Meet(context.Request.Method, context.Request.Path.Value ?? "", context.Request.Headers.Authorization.ToString()))
            {
                case Fate.Closed:
                    context.Abort();
                    return;
                case Fate.AnswerLost:
                    context.Response.Body = Stream.Null;
                    await AnswerAsync(context);
                    context.Abort();
                    return;
                default:
                    await AnswerAsync(context);
                    return;
            }
        }
        catch (ApiException e) when (e.Reason.Length == 0)
        {
            context.Response.StatusCode = e.Code;
            await context.Response.WriteAsync(e.Message);
        }
        catch (ApiException e)
        {
            if (e.RetryAfterSeconds > 0)
                context.Response.Headers.RetryAfter = $"{e.RetryAfterSeconds}";

            await WriteAsync(context, e.Code, e.ToStatus());
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has closed the connection, so there is no answer to send.
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var parts = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (parts)
        {
            case ["version"]:
                await WriteAsync(context, 200, _discovery.Version());
                return;
            case ["healthz"]:
                await context.Response.WriteAsync("ok");
                return;
            case ["api"]:
                await WriteAsync(context, 200, Discovery.CoreVersions());
                return;
            case ["apis"]:
                await WriteAsync(context, 200, _discovery.Groups());
                return;
            case ["api", var version]:
                await WriteAsync(context, 200, _discovery.ResourcesOf("", version));
                return;
            case ["apis", var group, var version]:
                await WriteAsync(context, 200, _discovery.ResourcesOf(group, version));
                return;
            case ["api", ..] or ["apis", _, _, ..]:
                await ServeResourceAsync(context, ResourcePath.Parse(context.Request.Path.Value!, _profile));
                return;
            default:
                throw ApiException.UnknownPath();
        }
    }

    private async Task ServeResourceAsync(HttpContext context, ResourcePath path)
    {
        var query = context.Request.Query;
        var (labels, fields) = (query["labelSelector"].ToString(), query["fieldSelector"].ToString());
        var isWatch = query["watch"].ToString() is "true" or "1";
        Access.Require(VerbOf(context.Request.Method, path, isWatch), path);
        switch (context.Request.Method, path)
        {
            case ("GET", { Subresource: "portforward" }):
                await Ports.ServeAsync(path.Namespace, path.Name, Store.Find("pods", path.Namespace, path.Name) is not null, context);
                return;
            case ("GET", { Subresource: "log" }):
                await Logs.ServeAsync(path, context);
                return;
            case ("GET", { Name: "" }) when isWatch:
                await _watches.ServeAsync(path, context);
                return;
            case ("GET", { Name: "" }):
                await WriteAsync(context, 200, _resources.List(path, labels, fields));
                return;
            case ("GET", { Subresource: "scale" }):
                await WriteAsync(context, 200, _resources.Scale(path, body: null));
                return;
            case ("GET", _):
                await WriteAsync(context, 200, _resources.Get(path));
                return;
            case ("POST", { Type.Kind: "SelfSubjectRulesReview" }):
                var rulesReview = await ReadAsync(context, path);
                var exists = Store.Find("namespaces", "", rulesReview.Spec().Text("namespace")) is not null;
                await WriteAsync(context, 201, Access.AnswerRules(rulesReview, _profile, exists));
                return;
            case ("POST", { Type.IsReview: true }):
                await WriteAsync(context, 201, Access.Answer(await ReadAsync(context, path)));
                return;
            case ("POST", { Name: "" }):
                var created = await ReadAsync(context, path);
                Access.RequireToGrant(path, created);
                Webhook.Require(path.Type.Kind, created);
                await WriteAsync(context, 201, _resources.Create(path, created, IsDryRun(context)));
                return;
            case ("PUT", { Subresource: "scale" }):
                await WriteAsync(context, 200, _resources.Scale(path, await ReadAsync(context, path)));
                return;
            case ("PUT", { Name.Length: > 0 }):
                var replaced = await ReadAsync(context, path);
                Access.RequireToGrant(path, replaced);
                Webhook.Require(path.Type.Kind, replaced);
                await WriteAsync(context, 200, _resources.Replace(path, replaced));
                return;
            case ("PATCH", { Name.Length: > 0 }):
                await WriteAsync(context, 200, await PatchAsync(context, path));
                return;
            case ("DELETE", { Name: "" }):
                await WriteAsync(context, 200, _resources.DeleteCollection(path, labels, fields));
                return;
            case ("DELETE", _):
                await WriteAsync(context, 200, _resources.Delete(path, await ReadDeleteOptionsAsync(context)));
                return;
            default:
                throw ApiException.MethodNotAllowed();
        }
    }

    // Older servers do not know the parameter, and make the change.
    private bool IsDryRun(HttpContext context) => _profile.Minor >= 13 && context.Request.Query["dryRun"] == "All";

    private static string VerbOf(string method, ResourcePath path, bool isWatch) => (method, path.Name.Length) switch
    {
        ("GET", 0) => isWatch ? "watch" : "list",
        ("GET", _) => "get",
        ("POST", _) => "create",
        ("PUT", _) => "update",
        ("PATCH", _) => "patch",
        ("DELETE", 0) => "deletecollection",
        _ => "delete",
    };

    private async Task<JsonObject> PatchAsync(HttpContext context, ResourcePath path)
    {
        var contentType = (context.Request.ContentType ?? "").Split(';')[0];
        var text = await ReadTextAsync(context);
        var patch = contentType.EndsWith("+json", StringComparison.Ordinal) ? JsonNode.Parse(text)! : new JsonObject();
        return _resources.Patch(path, patch, contentType, IsDryRun(context));
    }

    private async Task<JsonObject?> ReadDeleteOptionsAsync(HttpContext context)
    {
        var policy = context.Request.Query["propagationPolicy"].ToString();
        if (policy.Length > 0 && _profile.RefusesPropagationInQuery)
        {
            throw ApiException.BadRequest(
                "converting (url.Values).[]string.[]string to (v1.DeleteOptions).*v1.DeletionPropagation.v1.DeletionPropagation: "
                    + "couldn't copy '[]string' into 'v1.DeletionPropagation'; didn't understand types");
        }

        var text = await ReadTextAsync(context);
        var options = text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject();
        return policy.Length == 0 ? options : new JsonObject { ["propagationPolicy"] = policy };
    }

    private static async Task<JsonObject> ReadAsync(HttpContext context, ResourcePath path)
    {
        var text = await ReadTextAsync(context);
        try
        {
            return JsonNode.Parse(text)!.AsObject();
        }
        catch (JsonException)
        {
            throw ApiException.BadRequest(
                $"the object provided is unrecognized (must be of type {path.Type.Kind}): couldn't get version/kind; "
                    + $"json parse error: unexpected end of JSON input ({text})");
        }
    }

    private static async Task<string> ReadTextAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    private static Task WriteAsync(HttpContext context, int status, JsonObject value)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(value.ToJsonString());
    }
}
