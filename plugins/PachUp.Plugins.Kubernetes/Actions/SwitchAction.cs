using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Switching;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Leads the clients of the old deployment to the new one, as far as Kubernetes leads them.</summary>
internal sealed class SwitchAction(ActionContext actionContext) : IKubernetesAction
{
    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (!HandsOver)
        {
            return new StepPreview(NothingToDo);
        }

        var (from, to) = (actionContext.SourceApi.Namespace, actionContext.Api.Namespace);
        var found = await HandoverOf(ActionContext.RunToCome).LookAsync(cancellationToken);
        return new StepPreview($"Leads clients of namespace \"{from}\" to namespace \"{to}\"")
        {
            Effects =
            [
                .. found.Services.Select(pair => new Effect("change", $"Service {pair.Giver.Name()} in {from}", DescribeLoss(pair))),
                .. found.Services.Select(pair => new Effect("change", $"Service {pair.Giver.Name()} in {to}", $"gets {pair.Face}")),
                .. found.Ingresses.Select(ingress => new Effect("change", $"Ingress {ingress.Value.Name()} in {from}", "gets a class that no controller has, so that it leads nowhere")),
                .. found.Ingresses.Select(ingress => new Effect("create", $"Ingress {ingress.Value.Name()} in {to}", DescribeCopy(ingress))),
            ],
            Notes = [.. found.OtherClients],
        };
    }

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (!HandsOver)
        {
            return new StepResult(NothingToDo);
        }

        var switched = await HandoverOf(ActionContext.RunOf(execution)).CarryOutAsync(cancellationToken);
        return new StepResult($"{switched.Describe(actionContext.Api.Namespace)}; change your other clients now") { Notes = [.. switched.OtherClients] };
    }

    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (!HandsOver)
        {
            return new StepResult("Nothing to undo");
        }

        var switched = await HandoverOf(ActionContext.RunOf(execution)).TakeBackAsync(cancellationToken);
        return new StepResult($"{switched.Describe(actionContext.SourceApi.Namespace)} again")
        {
            Notes = ["Lead the clients back that you switched yourself, too: the report of the run lists them at the step that switched."],
        };
    }

    private static string DescribeLoss(ServicePair pair) => pair.Face.TakesSpec
        ? $"loses {pair.Face}; only clients inside Kubernetes can reach it"
        : $"loses {pair.Face}";

    private static string DescribeCopy(SourceIngress ingress)
    {
        var secrets = ingress.Secrets.Any() ? $", with the certificates of Secret {string.Join(", ", ingress.Secrets)}" : "";
        return $"for {string.Join(", ", ingress.Hosts.DefaultIfEmpty("all hosts"))}{secrets}";
    }

    private Handover HandoverOf(string run) => new(actionContext.SourceApi, actionContext.Api, run);

    private bool HandsOver => actionContext.IsBeside && actionContext.SourceApi.IsOnSameServerAs(actionContext.Api);

    private string NothingToDo => actionContext.IsBeside
        ? $"Nothing to do here: change your clients to namespace \"{actionContext.Api.Namespace}\" yourself"
        : $"Nothing to do: the new release has the address of the old one, in namespace \"{actionContext.Api.Namespace}\"";
}
