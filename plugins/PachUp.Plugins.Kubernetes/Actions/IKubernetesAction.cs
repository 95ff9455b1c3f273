using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Carries out a platform action on Kubernetes.</summary>
internal interface IKubernetesAction
{
    Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken);

    Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken);

    Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken);
}

/// <summary>Finds the implementation of an action.</summary>
internal static class KubernetesActions
{
    public static IKubernetesAction Of(PlatformAction action, ActionContext actionContext) => action switch
    {
        PlatformAction.Save => new SaveAction(actionContext),
        PlatformAction.Fence => new FenceAction(actionContext),
        PlatformAction.Unfence => new UnfenceAction(actionContext),
        PlatformAction.Switch => new SwitchAction(actionContext),
        PlatformAction.Undeploy undeploy => new UndeployAction(actionContext, undeploy),
        PlatformAction.Deploy deploy => new DeployAction(actionContext, deploy),
        PlatformAction.Wait wait => new WaitAction(actionContext, wait),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "this platform does not support the action"),
    };
}
