using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;
using k8s;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>Finds out where to connect to as kubectl does: <c>KUBECONFIG</c>, else <c>~/.kube/config</c>, else the service account of the pod that this runs in.</summary>
internal static class KubeConfigFiles
{
    /// <summary>The place that settings mean; null for the cluster that this runs in.</summary>
    /// <exception cref="StepFailedException">There is no usable kubeconfig, or no such context.</exception>
    public static KubePlace? Find(KubeSettings settings)
    {
        var files = Files(settings);
        if (files.Count > 0)
        {
            return KubeConfig.Read(files).PlaceOf(settings.Context);
        }

        return settings.Context is null && KubernetesClientConfiguration.IsInCluster()
            ? null
            : throw new StepFailedException(
                "there is no kubeconfig: KUBECONFIG names no file that exists, and neither does ~/.kube/config",
                "Set KUBECONFIG to the file that kubectl uses.");
    }

    private static List<string> Files(KubeSettings settings)
    {
        var named = settings.KubeConfig ?? Environment.GetEnvironmentVariable("KUBECONFIG");
        var candidates = string.IsNullOrEmpty(named)
            ? [KubernetesClientConfiguration.KubeConfigDefaultLocation]
            : named.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return [.. candidates.Where(File.Exists)];
    }
}
