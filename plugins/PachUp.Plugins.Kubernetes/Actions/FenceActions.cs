using PachUp.Pachyderm.Connections;
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
            Notes =
            [
                "PachUp itself reaches pachd through a port forward to its pod.",
                .. EndsConnections(context)
                    ? ["The pods of pachd are deleted once, and Kubernetes starts others: so connections end that clients opened before."]
                    : Array.Empty<string>(),
                .. context is { IsInPlace: true, Purpose: PlanPurpose.Migration or PlanPurpose.Upgrade } ? ["The new release is closed from its first moment, until the plan lets clients in again."] : Array.Empty<string>(),
                .. _fence.Notes,
            ],
        };

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var wasReached = await IsReachedAsync(cancellationToken);
        await PutUpAsync(execution, cancellationToken);
        if (wasReached && !await IsReachedAsync(cancellationToken))
        {
            await TakeDownAsync(execution, cancellationToken);
            throw StepFailedException.Refused(
                $"the fence keeps PachUp out, too: {actionContext.Address} leads to pachd through a service. Clients are let in again",
                "Name the cluster by its namespace alone, without an address: then PachUp uses a port forward to the pod.");
        }

        if (EndsConnections(execution))
        {
            await new OpenConnections(actionContext.Api, execution).EndAsync(cancellationToken);
        }

        return new StepResult($"Clients are kept out of namespace \"{actionContext.Api.Namespace}\"");
    }

    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        await TakeDownAsync(execution, cancellationToken);
        if (EndsConnections(execution))
        {
            await new OpenConnections(actionContext.Api, execution).UntilPossibleAsync(cancellationToken);
        }

        return new StepResult($"Clients are let into namespace \"{actionContext.Api.Namespace}\" again");
    }

    /// <summary>Whether what a client writes through an open connection could be lost: only where the source is removed, and cannot be compared afterwards.</summary>
    private static bool EndsConnections(IStepContext context) => context is { IsInPlace: true, Purpose: PlanPurpose.Migration };

    /// <summary>Closes the namespace, and remembers that for what is deployed there later.</summary>
    internal async Task PutUpAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        FenceRecord.Write(execution, actionContext.Settings.Fence);
        await _fence.PutUpAsync(ActionContext.RunOf(execution), cancellationToken);
    }

    /// <summary>Opens the namespace.</summary>
    internal async Task TakeDownAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        await Fences.TakeDownAsync(actionContext.Api, cancellationToken);
        FenceRecord.Remove(execution);
    }

    /// <summary>Whether pachd can be reached by a new connection: one that is open stays open, although a service does not lead to a pod any more.</summary>
    private async Task<bool> IsReachedAsync(CancellationToken cancellationToken)
    {
        await using var client = PachdClient.Create(actionContext.Address with { Timeouts = PachdTimeouts.Default with { Retry = TimeSpan.Zero } });
        try
        {
            await client.GetReleaseAsync(cancellationToken);
            return true;
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Unreachable or PachdFailure.ConnectionLost)
        {
            return false;
        }
    }
}

/// <summary>Lets writers in again.</summary>
internal sealed class UnfenceAction(ActionContext actionContext) : IKubernetesAction
{
    private readonly FenceAction _fence = new(actionContext);

    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken) =>
        new($"Lets clients into namespace \"{actionContext.Api.Namespace}\" again")
        {
            Effects = await Fences.Of(actionContext.Settings.Fence, actionContext.Api).PreviewOpeningAsync(cancellationToken),
        };

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        await _fence.TakeDownAsync(execution, cancellationToken);
        return new StepResult($"Clients are let into namespace \"{actionContext.Api.Namespace}\"");
    }

    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        await _fence.PutUpAsync(execution, cancellationToken);
        return new StepResult($"Clients are kept out of namespace \"{actionContext.Api.Namespace}\" again");
    }
}
