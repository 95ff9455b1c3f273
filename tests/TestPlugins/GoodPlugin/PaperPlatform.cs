using System.Collections.Immutable;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace GoodPlugin;

/// <summary>Writes everything down and deploys nothing.</summary>
public sealed class PaperPlatform : ILookingPlatform
{
    public string Name => "paper";

    public Task<ImmutableArray<DeploymentFact>> LookAsync(ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray.Create(new DeploymentFact("paper", "nothing is deployed")));

    public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview(action.GetType().Name));

    public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult(action.GetType().Name));

    public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult(action.GetType().Name));
}
