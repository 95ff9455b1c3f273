using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Where an action takes place.</summary>
/// <param name="Cluster">The cluster that it is about.</param>
/// <param name="Settings">What the plan says about it.</param>
/// <param name="Api">Its namespace.</param>
/// <param name="SourceApi">The namespace of the plan's source, whose deployment is the model for the target's.</param>
internal sealed record Scene(ICluster Cluster, ClusterSettings Settings, KubeApi Api, KubeApi SourceApi)
{
    /// <summary>The folder of a run in which the saved manifests are.</summary>
    public static string SavedFolder(IStepExecution execution) => Path.Combine(execution.RunDirectory, "deployment");

    /// <exception cref="StepFailedException">There is no usable kubeconfig, or Kubernetes does not answer.</exception>
    public static async Task<Scene> OpenAsync(ICluster cluster, ICluster source, CancellationToken cancellationToken)
    {
        var settings = ClusterSettings.Of(cluster);
        var api = await KubeConnection.OpenAsync(settings.Connection, cancellationToken);
        var isOther = cluster.Name != source.Name && source.Platform.Name == cluster.Platform.Name;
        var sourceApi = isOther ? await KubeConnection.OpenAsync(ClusterSettings.Of(source).Connection, cancellationToken) : api;
        return new Scene(cluster, settings, api, sourceApi);
    }
}
