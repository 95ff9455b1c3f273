using PachUp.Plugins.Kubernetes.Fencing;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Keeps writers out.</summary>
internal sealed class FenceAction(ActionContext actionContext) : IKubernetesAction
{
    private readonly IFence _fence = Fences.Of(actionContext.Settings.Fence, actionContext.Api);

    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken) =>
        new($"Keeps clients out of namespace \"{actionContext.Api.Namespace}\"")
        {
            Effects = await _fence.PreviewAsync(cancellationToken),
            Notes = ["PachUp itself reaches pachd through a port forward to its pod.", .. _fence.Notes],
        };

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        await _fence.PutUpAsync(ActionContext.RunOf(execution), cancellationToken);
        return new StepResult($"Clients are kept out of namespace \"{actionContext.Api.Namespace}\"");
    }

    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        await _fence.TakeDownAsync(cancellationToken);
        return new StepResult($"Clients are let into namespace \"{actionContext.Api.Namespace}\" again");
    }
}

/// <summary>Lets writers in again.</summary>
internal sealed class UnfenceAction(ActionContext actionContext) : IKubernetesAction
{
    private readonly IFence _fence = Fences.Of(actionContext.Settings.Fence, actionContext.Api);

    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken) =>
        new($"Lets clients into namespace \"{actionContext.Api.Namespace}\" again") { Effects = await _fence.PreviewOpeningAsync(cancellationToken) };

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        await _fence.TakeDownAsync(cancellationToken);
        return new StepResult($"Clients are let into namespace \"{actionContext.Api.Namespace}\"");
    }

    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        await _fence.PutUpAsync(ActionContext.RunOf(execution), cancellationToken);
        return new StepResult($"Clients are kept out of namespace \"{actionContext.Api.Namespace}\" again");
    }
}
