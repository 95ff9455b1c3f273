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
        var session = await KubeSessions.GetAsync(settings, place, cancellationToken);
        var transport = new KubeTransport(session, timeouts);
        try
        {
            return new KubeApi(transport, await session.ReadCatalogueAsync(transport, cancellationToken), NamespaceOf(settings, place));
        }
        catch (KubeException e)
        {
            throw new StepFailedException(
                $"Kubernetes (context \"{place?.Context ?? "of this pod"}\"){(e.Code == 0 ? " does not answer" : "")}: {e.Message}",
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
        return (place?.Server ?? new Uri(KubernetesClientConfiguration.InClusterConfig().Host), NamespaceOf(settings, place));
    }

    private static string NamespaceOf(KubeSettings settings, KubePlace? place)
    {
        var ofPod = place is null ? KubernetesClientConfiguration.InClusterConfig().Namespace : null;
        return settings.Namespace ?? place?.Namespace ?? (string.IsNullOrEmpty(ofPod) ? "default" : ofPod);
    }
}
