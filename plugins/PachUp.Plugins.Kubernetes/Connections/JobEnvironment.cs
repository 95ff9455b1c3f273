using PachUp.Plugins.Kubernetes.InCluster;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>What a Job finds around it, see <c>job.yaml</c>.</summary>
internal static class JobEnvironment
{
    /// <summary>The context of the kubeconfig that leads to the service account of the Job.</summary>
    public const string Context = "in-cluster";

    /// <summary>The variable with what the API server is called where the Job was asked for.</summary>
    public const string ServerVariable = "PACHUP_KUBERNETES_SERVER";

    /// <summary>The variable with the config file of pachctl.</summary>
    public const string PachConfigVariable = "PACH_CONFIG";

    /// <summary>Where its files are.</summary>
    public static RemotePlaces Places { get; } = new("/state", "/etc/pachup", "/etc/pachup-secrets");

    /// <summary>
    /// What the API server is called where this Job was asked for; null where this is none. Inside of a cluster the server has another address, and a
    /// plan that calls its clusters otherwise would not be the one that was shown.
    /// </summary>
    public static string? ServerOutside => Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } server ? server : null;
}
