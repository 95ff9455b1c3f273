using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>Finds out how to connect as kubectl does: <c>KUBECONFIG</c>, else <c>~/.kube/config</c>, else the service account of the pod that this runs in.</summary>
internal static class KubeConfigFiles
{
    /// <summary>How to connect, with the namespace that is meant.</summary>
    /// <exception cref="StepFailedException">There is no usable kubeconfig, or no such context.</exception>
    public static KubernetesClientConfiguration Resolve(KubeSettings settings)
    {
        var files = Files(settings);
        try
        {
            var configuration = files.Count > 0
                ? KubernetesClientConfiguration.BuildConfigFromConfigObject(Merge(files), settings.Context)
                : InCluster(settings);
            configuration.Namespace = settings.Namespace ?? (string.IsNullOrEmpty(configuration.Namespace) ? "default" : configuration.Namespace);
            return configuration;
        }
        catch (Exception e) when (e is KubeConfigException or YamlDotNet.Core.YamlException or IOException)
        {
            throw new StepFailedException(
                $"the kubeconfig \"{string.Join(Path.PathSeparator, files)}\" cannot be used: {e.Message}",
                "Give a context that it has with --kube-context, or another file with KUBECONFIG.",
                e);
        }
    }

    private static KubernetesClientConfiguration InCluster(KubeSettings settings) =>
        settings.Context is null && KubernetesClientConfiguration.IsInCluster()
            ? KubernetesClientConfiguration.InClusterConfig()
            : throw new StepFailedException(
                "there is no kubeconfig: KUBECONFIG names no file that exists, and neither does ~/.kube/config",
                "Set KUBECONFIG to the file that kubectl uses.");

    private static List<string> Files(KubeSettings settings)
    {
        var named = settings.KubeConfig ?? Environment.GetEnvironmentVariable("KUBECONFIG");
        var candidates = string.IsNullOrEmpty(named)
            ? [KubernetesClientConfiguration.KubeConfigDefaultLocation]
            : named.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return [.. candidates.Where(File.Exists)];
    }

    // As kubectl merges them: of two with one name, and of two current contexts, the first counts.
    private static K8SConfiguration Merge(IEnumerable<string> files)
    {
        var all = files.Select(file => KubernetesClientConfiguration.LoadKubeConfig(file)).ToList();
        var merged = all[0];
        foreach (var next in all.Skip(1))
        {
            merged.CurrentContext ??= next.CurrentContext;
            merged.Clusters = [.. merged.Clusters.Concat(next.Clusters).DistinctBy(cluster => cluster.Name)];
            merged.Users = [.. merged.Users.Concat(next.Users).DistinctBy(user => user.Name)];
            merged.Contexts = [.. merged.Contexts.Concat(next.Contexts).DistinctBy(context => context.Name)];
        }

        return merged;
    }
}
