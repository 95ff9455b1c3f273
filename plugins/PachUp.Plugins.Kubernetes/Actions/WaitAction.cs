using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Waits until everything that is deployed is ready.</summary>
internal sealed class WaitAction(ActionContext actionContext, PlatformAction.Wait action) : IKubernetesAction
{
    public Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview($"Waits until {action.Release} is ready in namespace \"{actionContext.Api.Namespace}\", up to {action.Timeout}"));

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        await new Readiness(actionContext.Api, execution).UntilReadyAsync(action.Timeout, cancellationToken);
        return new StepResult($"Everything in namespace \"{actionContext.Api.Namespace}\" is ready");
    }

    public Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult("Nothing to undo: this step only waited"));
}
