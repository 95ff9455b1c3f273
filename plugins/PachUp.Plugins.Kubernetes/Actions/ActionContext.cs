using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>The cluster and namespaces on which an action works.</summary>
/// <param name="Settings">The plan's settings for the cluster.</param>
/// <param name="Api">The namespace of that cluster.</param>
/// <param name="SourceApi">The namespace of the plan's source, whose deployment the target copies.</param>
/// <param name="IsBeside">Whether the target is deployed beside the source and does not replace it.</param>
internal sealed record ActionContext(ClusterSettings Settings, KubeApi Api, KubeApi SourceApi, bool IsBeside)
{
    /// <summary>Where the target is deployed.</summary>
    public Placement Placement => new(SourceApi.Namespace, Api.Namespace, IsBeside);

    /// <summary>The placeholder for the id of a run that has not started.</summary>
    public const string RunToCome = "RUN";

    /// <summary>The folder of a run with the saved manifests.</summary>
    public static string SavedFolder(IStepExecution execution) => Path.Combine(execution.RunDirectory, "deployment");

    /// <summary>The id of a run.</summary>
    public static string RunOf(IStepExecution execution) => Path.GetFileName(execution.RunDirectory);

    /// <summary>The address at which PachUp reaches the pachd of the cluster.</summary>
    public required ClusterAddress Address { get; init; }

    /// <exception cref="StepFailedException">There is no usable kubeconfig, or Kubernetes does not answer.</exception>
    public static async Task<ActionContext> OpenAsync(ICluster cluster, IStepContext context, CancellationToken cancellationToken)
    {
        var settings = ClusterSettings.Of(cluster);
        var api = await KubeConnection.OpenAsync(cluster, cancellationToken);
        var isOther = cluster.Name != context.Source.Name && context.Source.Platform.Name == cluster.Platform.Name;
        var sourceApi = isOther ? await KubeConnection.OpenAsync(context.Source, cancellationToken) : api;
        return new ActionContext(settings, api, sourceApi, Placement.AreApart(context.Source, context.Target)) { Address = cluster.Address };
    }
}
