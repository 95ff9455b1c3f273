using k8s;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>Opens the connection to an API server.</summary>
internal static class KubeConnection
{
    /// <summary>Connects to the API server of a cluster of a plan, and reads which kinds it serves.</summary>
    /// <exception cref="StepFailedException">There is no usable kubeconfig, or the server does not answer.</exception>
    public static Task<KubeApi> OpenAsync(ICluster cluster, CancellationToken cancellationToken) =>
        OpenAsync(ClusterSettings.Of(cluster).Connection, cluster.Address.Timeouts, cancellationToken);

    /// <summary>Connects, and reads which kinds the server serves.</summary>
    /// <exception cref="StepFailedException">There is no usable kubeconfig, or the server does not answer.</exception>
    public static async Task<KubeApi> OpenAsync(KubeSettings settings, PachdTimeouts timeouts, CancellationToken cancellationToken)
    {
        var place = KubeConfigFiles.Find(settings);
        var configuration = place is null
            ? KubernetesClientConfiguration.InClusterConfig()
            : await KubeLogin.ConfigureAsync(place, TimeProvider.System, cancellationToken);
        var proxy = KubeProxy.Find(new Uri(configuration.Host), place?.Cluster, Environment.GetEnvironmentVariable);
        var transport = new KubeTransport(CreateClient(configuration, proxy), timeouts, proxy?.ToString() ?? "");
        try
        {
            return new KubeApi(transport, await ApiCatalogue.ReadAsync(transport, cancellationToken), NamespaceOf(settings, place, configuration));
        }
        catch (KubeException e)
        {
            throw new StepFailedException(
                $"Kubernetes (context \"{place?.Context ?? "of this pod"}\") does not answer: {e.Message}",
                "Try \"kubectl version\" with the same context, or choose another one with --kube-context.",
                e);
        }
    }

    /// <summary>The API server and the namespace of a cluster of a plan.</summary>
    /// <exception cref="StepFailedException">There is no usable kubeconfig.</exception>
    public static (Uri Server, string Namespace) PlaceOf(ICluster cluster)
    {
        var settings = ClusterSettings.Of(cluster).Connection;
        var place = KubeConfigFiles.Find(settings);
        var configuration = place is null ? KubernetesClientConfiguration.InClusterConfig() : null;
        return (place?.Server ?? new Uri(configuration!.Host), NamespaceOf(settings, place, configuration));
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

    private static string NamespaceOf(KubeSettings settings, KubePlace? place, KubernetesClientConfiguration? configuration) =>
        settings.Namespace ?? place?.Namespace ?? (string.IsNullOrEmpty(configuration?.Namespace) ? "default" : configuration.Namespace);
}
