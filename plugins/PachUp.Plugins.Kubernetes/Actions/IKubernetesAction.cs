using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>A platform action, as it is done on Kubernetes.</summary>
internal interface IKubernetesAction
{
    Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken);

    Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken);

    Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken);
}

/// <summary>Finds how an action is done.</summary>
internal static class KubernetesActions
{
    public static IKubernetesAction Of(PlatformAction action, Scene scene) => action switch
    {
        PlatformAction.Save => new SaveAction(scene),
        PlatformAction.Fence => new FenceAction(scene),
        PlatformAction.Unfence => new UnfenceAction(scene),
        PlatformAction.Switch => new SwitchAction(scene),
        PlatformAction.Undeploy undeploy => new UndeployAction(scene, undeploy),
        PlatformAction.Deploy deploy => new DeployAction(scene, deploy),
        PlatformAction.Wait wait => new WaitAction(scene, wait),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "an action that this platform does not know"),
    };
}
