using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Switching;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Moves the node ports of the old deployment to the new one, so that its clients reach the new one.</summary>
internal sealed class SwitchAction(ActionContext actionContext) : IKubernetesAction
{
    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (!HandsOver)
        {
            return new StepPreview(NothingToDo);
        }

        var pairs = await HandoverOf(ActionContext.RunToCome).PairsAsync(cancellationToken);
        return new StepPreview($"Moves the node ports of namespace \"{actionContext.SourceApi.Namespace}\" to namespace \"{actionContext.Api.Namespace}\"")
        {
            Effects =
            [
                .. pairs.Select(pair => new Effect(
                    "change", $"Service {pair.Giver.Name()} in {actionContext.SourceApi.Namespace}", "loses its node ports; only clients inside Kubernetes can reach it")),
                .. pairs.Select(pair => new Effect(
                    "change", $"Service {pair.Giver.Name()} in {actionContext.Api.Namespace}", $"gets the node ports {string.Join(", ", pair.NodePorts.Values)}")),
            ],
            Notes =
            [
                $"Change all other clients yourself: clients inside Kubernetes that use {actionContext.SourceApi.Namespace}, ingress, load balancers, DNS "
                    + "names, pachctl contexts.",
            ],
        };
    }

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (!HandsOver)
        {
            return new StepResult(NothingToDo);
        }

        var services = await HandoverOf(ActionContext.RunOf(execution)).CarryOutAsync(cancellationToken);
        return new StepResult($"The node ports of {services} services lead to namespace \"{actionContext.Api.Namespace}\"; change your other clients now");
    }

    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (!HandsOver)
        {
            return new StepResult("Nothing to undo");
        }

        var services = await HandoverOf(ActionContext.RunOf(execution)).TakeBackAsync(cancellationToken);
        return new StepResult($"The node ports of {services} services lead to namespace \"{actionContext.SourceApi.Namespace}\" again");
    }

    private NodePortHandover HandoverOf(string run) => new(actionContext.SourceApi, actionContext.Api, run);

    private bool HandsOver => actionContext.IsBeside && actionContext.SourceApi.IsOnSameServerAs(actionContext.Api);

    private string NothingToDo => actionContext.IsBeside
        ? $"Nothing to do here: change your clients to namespace \"{actionContext.Api.Namespace}\" yourself"
        : $"Nothing to do: the new release has the address of the old one, in namespace \"{actionContext.Api.Namespace}\"";
}
