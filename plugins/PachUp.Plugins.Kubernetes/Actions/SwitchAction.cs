using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Switching;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Lets the clients of the old deployment find the new one, as far as node ports do that.</summary>
internal sealed class SwitchAction(Scene scene) : IKubernetesAction
{
    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (!HandsOver)
        {
            return new StepPreview(NothingToDo);
        }

        var pairs = await HandoverOf(Scene.RunToCome).PairsAsync(cancellationToken);
        return new StepPreview($"Hands the node ports of namespace \"{scene.SourceApi.Namespace}\" over to namespace \"{scene.Api.Namespace}\"")
        {
            Effects =
            [
                .. pairs.Select(pair => new Effect(
                    "change", $"Service {pair.Giver.Name()} in {scene.SourceApi.Namespace}", "gives its node ports up; it is reached inside of Kubernetes alone")),
                .. pairs.Select(pair => new Effect(
                    "change", $"Service {pair.Giver.Name()} in {scene.Api.Namespace}", $"takes the node ports {string.Join(", ", pair.NodePorts.Values)}")),
            ],
            Notes =
            [
                $"You point the others: clients inside of Kubernetes that name {scene.SourceApi.Namespace}, ingress, load balancers, names in DNS, contexts of pachctl.",
            ],
        };
    }

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (!HandsOver)
        {
            return new StepResult(NothingToDo);
        }

        var services = await HandoverOf(Scene.RunOf(execution)).CarryOutAsync(cancellationToken);
        return new StepResult($"The node ports of {services} services lead to namespace \"{scene.Api.Namespace}\"; point your other clients at it now");
    }

    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (!HandsOver)
        {
            return new StepResult("Nothing to undo");
        }

        var services = await HandoverOf(Scene.RunOf(execution)).TakeBackAsync(cancellationToken);
        return new StepResult($"The node ports of {services} services lead to namespace \"{scene.SourceApi.Namespace}\" again");
    }

    private NodePortHandover HandoverOf(string run) => new(scene.SourceApi, scene.Api, run);

    private bool HandsOver => scene.IsBeside && scene.SourceApi.IsOnSameServerAs(scene.Api);

    private string NothingToDo => scene.IsBeside
        ? $"Nothing to do here: you point your clients at namespace \"{scene.Api.Namespace}\""
        : $"Nothing to do: clients find the new release where the old one was, in namespace \"{scene.Api.Namespace}\"";
}
