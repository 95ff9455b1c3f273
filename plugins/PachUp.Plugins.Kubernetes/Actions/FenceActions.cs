using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Fencing;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Keeps writers out.</summary>
internal sealed class FenceAction(Scene scene) : IKubernetesAction
{
    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var fencing = Fences.FencingOf(scene);
        var services = await new Fence(scene.Api, fencing).ServicesAsync(cancellationToken);
        return new StepPreview($"Keeps clients out of namespace \"{scene.Api.Namespace}\"")
        {
            Effects = [.. services.Select(service => new Effect("fence", $"Service {service.Name()}", fencing.Describe(service.Spec())))],
            Notes = ["PachUp itself reaches pachd through a port forward to its pod."],
        };
    }

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        await new Fence(scene.Api, Fences.FencingOf(scene)).PutUpAsync(cancellationToken);
        return new StepResult($"Clients are kept out of namespace \"{scene.Api.Namespace}\"");
    }

    public Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken) => Fences.TakeDownAsync(scene, cancellationToken);
}

/// <summary>Lets writers in again.</summary>
internal sealed class UnfenceAction(Scene scene) : IKubernetesAction
{
    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var services = await new Fence(scene.Api, Fences.FencingOf(scene)).ServicesAsync(cancellationToken);
        return new StepPreview($"Lets clients into namespace \"{scene.Api.Namespace}\" again")
        {
            Effects = [.. services.Select(service => new Effect("open", $"Service {service.Name()}", "as it was before the fence"))],
        };
    }

    public Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken) => Fences.TakeDownAsync(scene, cancellationToken);

    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        await new Fence(scene.Api, Fences.FencingOf(scene)).PutUpAsync(cancellationToken);
        return new StepResult($"Clients are kept out of namespace \"{scene.Api.Namespace}\" again");
    }
}

/// <summary>What both have in common.</summary>
internal static class Fences
{
    public static IFencing FencingOf(Scene scene) => scene.Settings.Fence == "node-ports" ? new NodePortFencing() : new SelectorFencing();

    public static async Task<StepResult> TakeDownAsync(Scene scene, CancellationToken cancellationToken)
    {
        await new Fence(scene.Api, FencingOf(scene)).TakeDownAsync(cancellationToken);
        return new StepResult($"Clients are let into namespace \"{scene.Api.Namespace}\"");
    }
}
