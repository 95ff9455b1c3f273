using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>Sends requests with the connection and the credentials of the official client, and JSON as it is.</summary>
internal sealed class KubeTransport
{
    // A server that starts refuses everything until it has read its roles (seen on 1.20: some seconds).
    private static readonly TimeSpan TimeToReadRoles = TimeSpan.FromSeconds(30);

    private readonly KubeSession _session;
    private readonly PachdTimeouts _timeouts;
    private readonly OutageRetry _retry;

    /// <param name="session">The login.</param>
    /// <param name="timeouts">How long to retry if the server does not answer.</param>
    public KubeTransport(KubeSession session, PachdTimeouts timeouts)
    {
        (_session, _timeouts) = (session, timeouts);
        _retry = new OutageRetry(session.Server, timeouts, failure => failure is KubeException kube && MayPass(kube), failure => (failure as KubeException)?.RetryAfter);
    }

    /// <summary>The official client, for web sockets.</summary>
    public k8s.Kubernetes Client => _session.Client;

    /// <summary>The login.</summary>
    public KubeSession Session => _session;

    /// <summary>The same connection, for callers that repeat their requests themselves.</summary>
    public KubeTransport WithoutRetry() => new(_session, _timeouts with { Retry = TimeSpan.Zero, Outages = null });

    /// <summary>Whether trying again later may help after a failure.</summary>
    public bool MayPass(KubeException failure) => failure switch
    {
        { IsUnauthorized: true } => _session.HasBeenAccepted || IsStarting(),
        { IsForbidden: true } => IsStarting(),
        _ => failure.MayPass && _session.HasAnswered,
    };

    /// <summary>
    /// Sends a request and returns the answer. If the server does not answer, or is temporarily not able to, the request is sent again. So a change may be
    /// carried out although a later attempt is refused: see <see cref="KubeException.FollowsLostAnswer"/>.
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
        var mayBeDone = false;
        return await _retry.RepeatAsync(
            async token =>
            {
                try
                {
                    return await SendOnceAsync(method, path, body, contentType, token);
                }
                catch (KubeException e)
                {
                    mayBeDone |= e.MayBeDone;
                    throw;
                }
            },
            (last, attempts) => GiveUp(last, attempts, mayBeDone),
            cancellationToken);
    }

    /// <summary>
    /// Why the server refuses to open a web socket; null if it does not refuse it. The client of web sockets hides the answer of the server, so this sends
    /// the same request once without it.
    /// </summary>
    public async Task<KubeException?> FindSocketRefusalAsync(string path, string protocol, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await SendRawAsync(() => SocketRequest(path, protocol), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return null;
        }
        catch (KubeException e)
        {
            return e;
        }
    }

    /// <summary>What the server says about its version.</summary>
    /// <exception cref="KubeException">The server does not answer.</exception>
    public Task<JsonObject> ReadVersionAsync(CancellationToken cancellationToken) => _session.ReadVersionAsync(this, cancellationToken);

    /// <summary>An answer of the last seconds; null if there is none, or if this process has changed something since.</summary>
    public T? FindRecent<T>(string key)
        where T : class => _session.Recent.Find(key, _timeouts.Time) as T;

    /// <summary>Forgets the answers of the last seconds, because this process changes an object.</summary>
    /// <param name="kind">The kind of the object.</param>
    public void ForgetRecent(string kind) => _session.Recent.Forget(kind);

    /// <summary>Forgets all answers, so that what is asked next is read from the server.</summary>
    public void ForgetAllRecent() => _session.Recent.ForgetAll();

    /// <summary>An answer of the last seconds. It is read if there is none, or if this process has changed something since.</summary>
    /// <param name="key">What is read.</param>
    /// <param name="readAsync">Reads it.</param>
    public async Task<T> RecentAsync<T>(string key, Func<Task<T>> readAsync)
        where T : class
    {
        if (FindRecent<T>(key) is { } known)
        {
            return known;
        }

        var answer = await readAsync();
        _session.Recent.Keep(key, answer, _timeouts.Time);
        return answer;
    }

    /// <summary>Follows a watch: event after event, until the server ends it.</summary>
    /// <exception cref="KubeException">The server refused it, or does not keep history from this version on (410).</exception>
    public async IAsyncEnumerable<JsonObject> WatchAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in ReadLinesAsync(path, cancellationToken))
        {
            var change = Refusal.Parse(line) ?? throw new KubeException(0, $"the watch {path} sent no JSON: {Refusal.Shorten(line)}");
            if (change.Text("type") == "ERROR")
            {
                var status = change.Child("object");
                throw new KubeException(status.Number("code"), status.Text("message"));
            }

            yield return change;
        }
    }

    /// <summary>Reads an answer line by line as it comes, until the server ends it.</summary>
    /// <exception cref="KubeException">The server refused it.</exception>
    /// <exception cref="IOException">The connection was lost in the middle.</exception>
    public async IAsyncEnumerable<string> ReadLinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendRawAsync(
            () => Request(HttpMethod.Get, path, body: null, "application/json"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    private static Exception GiveUp(Exception last, string attempts, bool mayBeDone) =>
        last is KubeException failure
            ? new KubeException(failure.Code, $"{failure.Message.TrimEnd('.')}. {attempts.TrimEnd('.')}", failure.InnerException) { FollowsLostAnswer = mayBeDone }
            : last;

    private bool IsStarting() => _session.LastOutage != 0 && _timeouts.Time.GetElapsedTime(_session.LastOutage) < TimeToReadRoles;

    private async Task<JsonObject> SendOnceAsync(HttpMethod method, string path, JsonNode? body, string contentType, CancellationToken cancellationToken)
    {
        using var response = await SendRawAsync(() => Request(method, path, body, contentType), HttpCompletionOption.ResponseContentRead, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return Refusal.Parse(text) ?? throw new KubeException((int)response.StatusCode, $"{method} {path} answered no JSON: {Refusal.Shorten(text)}");
    }

    // A refused login is read again once. If it is refused again, the caller decides whether to wait for a better one.
    private async Task<HttpResponseMessage> SendRawAsync(Func<HttpRequestMessage> request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        var client = _session.Client;
        var response = await SendWithAsync(client, request, completion, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            await LogInAsync(() => _session.RenewAsync(client, cancellationToken));
            response = await SendWithAsync(_session.Client, request, completion, cancellationToken);
        }

        _session.HasBeenAccepted |= response.StatusCode != HttpStatusCode.Unauthorized;
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            return response;
        }

        using (response)
        {
            throw await Refusal.ReadAsync(response, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendWithAsync(
        k8s.Kubernetes client, Func<HttpRequestMessage> create, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var request = create();
        if (client.Credentials is { } credentials)
        {
            await LogInAsync(() => credentials.ProcessHttpRequestAsync(request, cancellationToken));
        }

        try
        {
            var response = await client.HttpClient.SendAsync(request, completion, cancellationToken);
            _session.HasAnswered = true;
            return response;
        }
        catch (HttpRequestException e)
        {
            _session.LastOutage = _timeouts.Time.GetTimestamp();
            throw new KubeException(0, $"{_session.Server} cannot be reached{_session.Through}: {e.GetBaseException().Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            _session.LastOutage = _timeouts.Time.GetTimestamp();
            throw new KubeException(0, $"{_session.Server} does not answer{_session.Through}: {e.Message}", e);
        }
    }

    // A plugin that fails once must not end a run that it let in before.
    private static async Task LogInAsync(Func<Task> logIn)
    {
        try
        {
            await logIn();
        }
        catch (StepFailedException e)
        {
            throw new KubeException((int)HttpStatusCode.Unauthorized, e.Message, e);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, JsonNode? body, string contentType)
    {
        var request = new HttpRequestMessage(method, UriOf(path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, contentType);
        }

        return request;
    }

    private HttpRequestMessage SocketRequest(string path, string protocol)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, UriOf(path)) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", Convert.ToBase64String(Guid.NewGuid().ToByteArray()));
        request.Headers.Add("Sec-WebSocket-Protocol", protocol);
        return request;
    }

    private Uri UriOf(string path) => new(_session.Client.BaseUri.AbsoluteUri.TrimEnd('/') + path);
}
