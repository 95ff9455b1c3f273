using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Switching;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Lets the clients of the old deployment find the new one, as far as node ports do that.</summary>
internal sealed class SwitchAction(ActionContext actionContext) : IKubernetesAction
{
    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (!HandsOver)
        {
            return new StepPreview(NothingToDo);
        }

        var pairs = await HandoverOf(ActionContext.RunToCome).PairsAsync(cancellationToken);
        return new StepPreview($"Hands the node ports of namespace \"{actionContext.SourceApi.Namespace}\" over to namespace \"{actionContext.Api.Namespace}\"")
        {
            Effects =
            [
                .. pairs.Select(pair => new Effect(
                    "change", $"Service {pair.Giver.Name()} in {actionContext.SourceApi.Namespace}", "gives its node ports up; it is reached inside of Kubernetes alone")),
                .. pairs.Select(pair => new Effect(
                    "change", $"Service {pair.Giver.Name()} in {actionContext.Api.Namespace}", $"takes the node ports {string.Join(", ", pair.NodePorts.Values)}")),
            ],
            Notes =
            [
                $"You point the others: clients inside of Kubernetes that name {actionContext.SourceApi.Namespace}, ingress, load balancers, names in DNS, contexts of pachctl.",
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
        return new StepResult($"The node ports of {services} services lead to namespace \"{actionContext.Api.Namespace}\"; point your other clients at it now");
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
        ? $"Nothing to do here: you point your clients at namespace \"{actionContext.Api.Namespace}\""
        : $"Nothing to do: clients find the new release where the old one was, in namespace \"{actionContext.Api.Namespace}\"";
}
