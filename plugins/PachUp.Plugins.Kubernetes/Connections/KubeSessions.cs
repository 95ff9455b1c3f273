using System.Collections.Concurrent;
using k8s;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Settings;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>The logins of this process: one for each context, so that a plugin is run once and the kinds of a server are read once.</summary>
internal static class KubeSessions
{
    private static readonly ConcurrentDictionary<string, KubeSession> Sessions = new(StringComparer.Ordinal);
    private static readonly SemaphoreSlim Gate = new(1, 1);

    /// <summary>The login for a place.</summary>
    /// <param name="settings">The settings that lead to the place.</param>
    /// <param name="place">The place; null for the cluster in which PachUp itself runs.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Sdk.StepFailedException">A value in the kubeconfig cannot be used.</exception>
    public static async Task<KubeSession> GetAsync(KubeSettings settings, KubePlace? place, CancellationToken cancellationToken)
    {
        var key = place is null ? "" : string.Join('\n', place.Server.OriginalString, place.Context, place.Cluster.File, place.User?.File, place.User?.Owner);
        if (Sessions.TryGetValue(key, out var known))
        {
            return known;
        }

        await Gate.WaitAsync(cancellationToken);
        try
        {
            return Sessions.TryGetValue(key, out known) ? known : Sessions[key] = await OpenAsync(settings, place, cancellationToken);
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<KubeSession> OpenAsync(KubeSettings settings, KubePlace? place, CancellationToken cancellationToken)
    {
        var (client, proxy) = await LogInAsync(place, cancellationToken);
        return new KubeSession(
            client,
            async token => (await LogInAsync(KubeConfigFiles.Find(settings), token)).Client,
            JobEnvironment.ContextOutside ?? place?.Context ?? "",
            proxy?.ToString() ?? "");
    }

    private static async Task<(k8s.Kubernetes Client, KubeProxy? Proxy)> LogInAsync(KubePlace? place, CancellationToken cancellationToken)
    {
        var configuration = place is null
            ? KubernetesClientConfiguration.InClusterConfig()
            : await KubeLogin.ConfigureAsync(place, TimeProvider.System, cancellationToken);
        var proxy = KubeProxy.Find(new Uri(configuration.Host), place?.Cluster, Environment.GetEnvironmentVariable);
        return (CreateClient(configuration, proxy), proxy);
    }

    private static k8s.Kubernetes CreateClient(KubernetesClientConfiguration configuration, KubeProxy? proxy)
    {
        configuration.FirstMessageHandlerSetup = handler =>
        {
            (handler.Proxy, handler.UseProxy) = (proxy?.Web, proxy is not null);
            handler.SslOptions.TargetHost = configuration.TlsServerName;
        };
        return new k8s.Kubernetes(configuration)
        {
            CreateWebSocketBuilder = () =>
            {
                var builder = new WebSocketBuilder();
                builder.Options.Proxy = proxy?.Web;
                return builder;
            },
        };
    }
}
