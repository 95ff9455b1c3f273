using PachUp.Sdk;

namespace GoodPlugin;

/// <summary>Writes everything down and deploys nothing.</summary>
public sealed class PaperPlatform : IPlatform
{
    public string Name => "paper";

    public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new StepPreview($"{action}"));

    public Task<StepResult> ExecuteAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult($"{action}"));

    public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new StepResult($"{action}"));
}
