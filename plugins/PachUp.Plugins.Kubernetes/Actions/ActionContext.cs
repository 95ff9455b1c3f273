using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>The clusters of an action, and how to reach them.</summary>
/// <param name="Settings">What the plan says about the cluster that it is about.</param>
/// <param name="Api">The namespace of that cluster.</param>
/// <param name="SourceApi">The namespace of the plan's source, whose deployment is the model for the target's.</param>
/// <param name="IsBeside">Whether the target is built beside the source, and not in its place.</param>
internal sealed record ActionContext(ClusterSettings Settings, KubeApi Api, KubeApi SourceApi, bool IsBeside)
{
    /// <summary>What stands for the id of a run that has not begun.</summary>
    public const string RunToCome = "RUN";

    /// <summary>The folder of a run in which the saved manifests are.</summary>
    public static string SavedFolder(IStepExecution execution) => Path.Combine(execution.RunDirectory, "deployment");

    /// <summary>The id of a run.</summary>
    public static string RunOf(IStepExecution execution) => Path.GetFileName(execution.RunDirectory);

    /// <exception cref="StepFailedException">There is no usable kubeconfig, or Kubernetes does not answer.</exception>
    public static async Task<ActionContext> OpenAsync(ICluster cluster, IStepContext context, CancellationToken cancellationToken)
    {
        var settings = ClusterSettings.Of(cluster);
        var api = await KubeConnection.OpenAsync(cluster, cancellationToken);
        var isOther = cluster.Name != context.Source.Name && context.Source.Platform.Name == cluster.Platform.Name;
        var sourceApi = isOther ? await KubeConnection.OpenAsync(context.Source, cancellationToken) : api;
        return new ActionContext(settings, api, sourceApi, AreApart(context.Source, context.Target));
    }

    private static bool AreApart(ICluster source, ICluster target) =>
        source.Name != target.Name && (source.Platform.Name != target.Platform.Name || KubeConnection.PlaceOf(source) != KubeConnection.PlaceOf(target));
}
