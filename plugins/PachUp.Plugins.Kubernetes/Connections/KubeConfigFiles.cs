using k8s;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>Finds the API server as kubectl does: from <c>KUBECONFIG</c>, else <c>~/.kube/config</c>, else the service account of the pod.</summary>
internal static class KubeConfigFiles
{
    /// <summary>The place for these settings; null for the cluster in which PachUp itself runs.</summary>
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
                "there is no kubeconfig: KUBECONFIG names no existing file, and ~/.kube/config does not exist",
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
