using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PachUp.Pachyderm.Connections;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>Sends requests with the connection and the credentials of the official client, and JSON as it is.</summary>
/// <param name="client">The official client.</param>
/// <param name="timeouts">How long to retry if the server does not answer.</param>
/// <param name="proxy">The proxy in front of the server, for error messages; empty for none.</param>
internal sealed class KubeTransport(k8s.Kubernetes client, PachdTimeouts timeouts, string proxy)
{
    private const int LongestText = 500;

    // A server that starts refuses everything until it has read its roles (seen on 1.20: some seconds).
    private static readonly TimeSpan TimeToReadRoles = TimeSpan.FromSeconds(30);

    // Do not retry for a server that has never answered this process: its address is probably wrong.
    private static readonly ConcurrentDictionary<Uri, bool> Known = new();

    // When a server that had answered did not answer, in this process.
    private static readonly ConcurrentDictionary<Uri, long> LastOutages = new();

    private readonly OutageRetry _reading = new(
        NameOf(client), timeouts, failure => failure is KubeException kube && Known.ContainsKey(client.BaseUri) && (kube.MayPass || IsStarting(client, timeouts, kube)));

    private readonly OutageRetry _changing = new(
        NameOf(client), timeouts, failure => failure is KubeException kube && ((kube.MayPass && kube.IsUnsent) || IsStarting(client, timeouts, kube)));

    /// <summary>The official client, for web sockets.</summary>
    public k8s.Kubernetes Client => client;

    /// <summary>
    /// Sends a request and returns the answer. If the server does not answer, reading requests are sent again. Changes are sent again only if they
    /// cannot have arrived, so that no change is made twice.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path with its query.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="contentType">The content type of the body.</param>
    /// <exception cref="KubeException">The server refused it or cannot be reached.</exception>
    public async Task<JsonObject> SendAsync(
        HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken, string contentType = "application/json")
    {
        var retry = method == HttpMethod.Get ? _reading : _changing;
        return await retry.RepeatAsync(token => SendOnceAsync(method, path, body, contentType, token), GiveUp, cancellationToken);
    }

    /// <summary>
    /// Why the server refuses to open a web socket; null if it does not refuse it. The client of web sockets hides the answer of the server, so this sends
    /// the same request once without it.
    /// </summary>
    public async Task<KubeException?> FindSocketRefusalAsync(string path, string protocol, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, UriOf(path)) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", Convert.ToBase64String(Guid.NewGuid().ToByteArray()));
        request.Headers.Add("Sec-WebSocket-Protocol", protocol);
        try
        {
            using var response = await SendRawAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return null;
        }
        catch (KubeException e)
        {
            return e;
        }
    }

    /// <summary>Follows a watch: event after event, until the server ends it.</summary>
    /// <exception cref="KubeException">The server refused it, or does not keep history from this version on (410).</exception>
    public async IAsyncEnumerable<JsonObject> WatchAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in ReadLinesAsync(path, cancellationToken))
        {
            var change = Parse(line) ?? throw new KubeException(0, $"the watch {path} sent no JSON: {Shorten(line)}");
            if (change.Text("type") == "ERROR")
            {
                var status = change.Child("object");
                throw new KubeException(status.Number("code"), status.Text("message"));
            }

            yield return change;
        }
    }

    private static string NameOf(k8s.Kubernetes client) => $"the API server at {client.BaseUri}";

    private string Through => proxy.Length > 0 ? $" through {proxy}" : "";

    private static Exception GiveUp(Exception last, string attempts) =>
        last is KubeException failure ? new KubeException(
            failure.Code, $"{failure.Message.TrimEnd('.')}. {attempts.TrimEnd('.')}", failure.InnerException) : last;

    private async Task<JsonObject> SendOnceAsync(HttpMethod method, string path, JsonNode? body, string contentType, CancellationToken cancellationToken)
    {
        using var response = await SendRawAsync(method, path, body, contentType, HttpCompletionOption.ResponseContentRead, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return Parse(text) ?? throw new KubeException((int)response.StatusCode, $"{method} {path} answered no JSON: {Shorten(text)}");
    }

    /// <summary>Reads an answer line by line as it comes, until the server ends it.</summary>
    /// <exception cref="KubeException">The server refused it.</exception>
    /// <exception cref="IOException">The connection was lost in the middle.</exception>
    public async IAsyncEnumerable<string> ReadLinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendRawAsync(
            HttpMethod.Get, path, body: null, "application/json", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    private async Task<HttpResponseMessage> SendRawAsync(
        HttpMethod method, string path, JsonNode? body, string contentType, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, UriOf(path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, contentType);
        }

        return await SendRawAsync(request, completion, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendRawAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            if (client.Credentials is { } credentials)
            {
                await credentials.ProcessHttpRequestAsync(request, cancellationToken);
            }

            var response = await client.HttpClient.SendAsync(request, completion, cancellationToken);
            Known[client.BaseUri] = true;
            return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.SwitchingProtocols ? response : throw await RefusalAsync(response, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            LastOutages[client.BaseUri] = timeouts.Time.GetTimestamp();
            throw new KubeException(0, $"{NameOf(client)} cannot be reached{Through}: {e.GetBaseException().Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KubeException(0, $"{NameOf(client)} does not answer{Through}: {e.Message}", e);
        }
    }

    private static bool IsStarting(k8s.Kubernetes client, PachdTimeouts timeouts, KubeException refusal) =>
        refusal.IsForbidden && LastOutages.TryGetValue(client.BaseUri, out var outage) && timeouts.Time.GetElapsedTime(outage) < TimeToReadRoles;

    private Uri UriOf(string path) => new(client.BaseUri.AbsoluteUri.TrimEnd('/') + path);

    private static async Task<KubeException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var message = Parse(text)?.Text("message") is { Length: > 0 } said ? said : Shorten(text.Trim());
            return new KubeException((int)response.StatusCode, message.Length > 0 ? message : $"HTTP status {(int)response.StatusCode}");
        }
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Shorten(string text) => text.Length > LongestText ? text[..LongestText] + "..." : text;
}
