using System.Text.Json.Nodes;

namespace PachUp.Plugins.Kubernetes.Api;

/// <summary>
/// The login of this process to an API server, and the kinds that the server serves. Both are kept until the process ends. If the server does not accept the
/// login any more, the credentials are read again.
/// </summary>
/// <param name="client">The official client with the first credentials.</param>
/// <param name="logIn">Reads the credentials again, and creates a client with them.</param>
/// <param name="context">The context that people know the server by; empty if there is none.</param>
/// <param name="proxy">The proxy in front of the server, for error messages; empty for none.</param>
internal sealed class KubeSession(k8s.Kubernetes client, Func<CancellationToken, Task<k8s.Kubernetes>> logIn, string context, string proxy)
{
    private static readonly SemaphoreSlim Renewing = new(1, 1);

    private volatile k8s.Kubernetes _client = client;
    private ApiCatalogue? _catalogue;
    private JsonObject? _version;
    private long _outage;

    /// <summary>The official client with the current credentials.</summary>
    public k8s.Kubernetes Client => _client;

    /// <summary>The server in messages.</summary>
    public string Server => $"the API server at {_client.BaseUri}";

    /// <summary>The server by the name of its context, which people know; without one, its host and port.</summary>
    public string Known => context.Length > 0 ? $"context {context}" : _client.BaseUri.Authority;

    /// <summary>The name of the context; empty if there is none.</summary>
    public string Context => context;

    /// <summary>How the server is reached, in messages; empty without a proxy.</summary>
    public string Through => proxy.Length > 0 ? $" through {proxy}" : "";

    /// <summary>The answers of the last seconds.</summary>
    public RecentAnswers Recent { get; } = new();

    /// <summary>Whether the server ever answered. If not, its address is probably wrong.</summary>
    public bool HasAnswered { get; set; }

    /// <summary>Whether the server ever accepted the login. If not, the credentials are probably wrong.</summary>
    public bool HasBeenAccepted { get; set; }

    /// <summary>When the server last did not answer, as a timestamp; 0 for never.</summary>
    public long LastOutage
    {
        get => Volatile.Read(ref _outage);
        set => Volatile.Write(ref _outage, value);
    }

    /// <summary>Reads the credentials again, unless another request has already done it.</summary>
    /// <param name="refused">The client whose login was refused.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Sdk.StepFailedException">They cannot be read.</exception>
    public async Task RenewAsync(k8s.Kubernetes refused, CancellationToken cancellationToken)
    {
        await Renewing.WaitAsync(cancellationToken);
        try
        {
            if (_client == refused)
            {
                _client = await logIn(cancellationToken);
            }
        }
        finally
        {
            Renewing.Release();
        }
    }

    /// <summary>The kinds that the server serves, read once.</summary>
    /// <exception cref="KubeException">The server does not answer.</exception>
    public async Task<ApiCatalogue> ReadCatalogueAsync(KubeTransport transport, CancellationToken cancellationToken) =>
        _catalogue ??= await ApiCatalogue.ReadAsync(transport, cancellationToken);

    /// <summary>What the server says about its version, read once.</summary>
    /// <exception cref="KubeException">The server does not answer.</exception>
    public async Task<JsonObject> ReadVersionAsync(KubeTransport transport, CancellationToken cancellationToken) =>
        _version ??= await transport.SendAsync(HttpMethod.Get, "/version", body: null, cancellationToken);
}
