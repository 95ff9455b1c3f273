using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>Opens the connection to an API server.</summary>
internal static class KubeConnection
{
    /// <summary>Connects to where a cluster of a plan is, and finds out what the server serves.</summary>
    /// <exception cref="StepFailedException">There is no usable kubeconfig, or the server does not answer.</exception>
    public static Task<KubeApi> OpenAsync(ICluster cluster, CancellationToken cancellationToken) =>
        OpenAsync(ClusterSettings.Of(cluster).Connection, cluster.Address.Patience, cancellationToken);

    /// <summary>Connects, and finds out what the server serves.</summary>
    /// <exception cref="StepFailedException">There is no usable kubeconfig, or the server does not answer.</exception>
    public static async Task<KubeApi> OpenAsync(KubeSettings settings, PachdPatience patience, CancellationToken cancellationToken)
    {
        var configuration = KubeConfigFiles.Resolve(settings);
        var transport = new KubeTransport(new k8s.Kubernetes(configuration), patience);
        try
        {
            return new KubeApi(transport, await ApiCatalogue.ReadAsync(transport, cancellationToken), configuration.Namespace);
        }
        catch (KubeException e)
        {
            throw new StepFailedException(
                $"Kubernetes (context \"{configuration.CurrentContext}\") does not answer: {e.Message}",
                "Try \"kubectl version\" with the same context; choose another with --kube-context.",
                e);
        }
    }
}
